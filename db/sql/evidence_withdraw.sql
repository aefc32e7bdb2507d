SELECT claimbase.claim_ref(v.document_id, v.claim_no) AS claim, v.from_status, v.to_status, v.event, v.seq, v.actor,
       v.at, v.circular, encode(v.hash, 'hex') AS hash
  FROM claimbase.withdraw_evidence($1::uuid, $2::bigint, $3::integer, $4::text, $5::text) v
