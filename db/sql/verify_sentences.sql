SELECT document_id, sentence_no, paragraph_no, start_offset, end_offset
  FROM claimbase.sentence WHERE document_id BETWEEN $1::uuid AND $2::uuid ORDER BY document_id, sentence_no
