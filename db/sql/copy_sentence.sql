COPY claimbase.sentence (document_id, sentence_no, paragraph_no, kind, start_offset, end_offset)
FROM STDIN (FORMAT binary)
