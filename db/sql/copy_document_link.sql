COPY claimbase.document_link (document_id, link_no, kind, target_document_id, target_url, target_name,
  origin_key, sentence_no, start_offset, end_offset, stated_by, reason) FROM STDIN (FORMAT binary)
