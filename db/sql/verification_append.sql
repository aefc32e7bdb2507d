-- $6: evidence as JSON (claimbase.read_evidence), $9: the seq that the caller saw, NULL for whatever it is
SELECT claimbase.claim_ref(v.document_id, v.claim_no) AS claim, v.from_status, v.to_status, v.event, v.seq, v.actor,
       v.at, v.circular, encode(v.hash, 'hex') AS hash
  FROM claimbase.append_verification($1::uuid, $2::integer, $3::text, $4::text, $5::text, $10::integer, $6::jsonb,
                                     $7::boolean, $8::boolean, $9::bigint) v
