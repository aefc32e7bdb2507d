INSERT INTO claimbase.match_due (document_id)
SELECT DISTINCT document_id FROM claimbase.claim_terms
ON CONFLICT (document_id) DO UPDATE SET matched = false
