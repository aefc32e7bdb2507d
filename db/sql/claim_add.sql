INSERT INTO claimbase.claim (document_id, claim_no, sentence_no, kind, modality, start_offset, end_offset, quote,
  prefix, suffix, speaker_id, checkworthy)
VALUES ($1::uuid, $2::integer, $3::integer, $4::text, $5::text, $6::integer, $7::integer, $8::text, $9::text,
  $10::text, $11::bigint, 1)
