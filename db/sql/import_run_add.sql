UPDATE claimbase.import_run
SET documents_new = documents_new + $2::bigint, documents_known = documents_known + $3::bigint,
    sentences = sentences + $4::bigint, claims = claims + $5::bigint, rejected = rejected + $6::bigint
WHERE run_id = $1::bigint
