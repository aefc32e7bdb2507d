UPDATE claimbase.claim SET speaker_id = $3::bigint
WHERE document_id = $1::uuid AND claim_no = $2::integer AND speaker_id IS NULL
