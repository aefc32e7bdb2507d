-- The status that a list gives a claim; the address in the list, when there is one, is the evidence.
SELECT seq
FROM claimbase.append_verification($1::uuid, 1, $2::text, $3::text, $4::text, NULL,
  CASE WHEN $5::text IS NULL THEN '[]'::jsonb
       ELSE jsonb_build_array(jsonb_build_object('kind', 'url', 'url', $5::text)) END)
