SELECT sentence_no, start_offset, end_offset, paragraph_no FROM claimbase.sentence WHERE document_id = $1::uuid ORDER BY sentence_no
