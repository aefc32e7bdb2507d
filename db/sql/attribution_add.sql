-- Behind what the chain of the claim has already.
INSERT INTO claimbase.attribution (document_id, claim_no, attribution_no, role, speaker_id, name, source_start,
  source_end, cue_start, cue_end, content)
SELECT $1::uuid, $2::integer, coalesce(max(attribution_no), 0) + 1, $3::text, $4::bigint, $5::text, $6::integer,
  $7::integer, $8::integer, $9::integer,
  CASE WHEN $10::integer IS NOT NULL THEN int4multirange(int4range($10::integer, $11::integer)) END
FROM claimbase.attribution WHERE document_id = $1::uuid AND claim_no = $2::integer
