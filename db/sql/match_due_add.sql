-- The documents of the claims that were just indexed.
INSERT INTO claimbase.match_due (document_id)
SELECT DISTINCT document_id FROM claimbase.claim_terms WHERE ordinal BETWEEN $1::bigint AND $2::bigint
ON CONFLICT (document_id) DO UPDATE SET matched = false
