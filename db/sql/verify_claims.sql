SELECT document_id, claim_no, sentence_no, start_offset, end_offset, quote, prefix, suffix, text
  FROM claimbase.claim WHERE document_id BETWEEN $1::uuid AND $2::uuid ORDER BY document_id, claim_no
