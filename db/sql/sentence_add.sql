INSERT INTO claimbase.sentence (document_id, sentence_no, paragraph_no, kind, start_offset, end_offset)
VALUES ($1::uuid, $2::integer, $3::integer, $4::text, $5::integer, $6::integer)
