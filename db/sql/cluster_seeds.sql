-- Claims of these documents that have or had company.
SELECT document_id, claim_no FROM claimbase.claim_match
WHERE relation = 'agrees' AND document_id = ANY ($1::uuid[])
UNION
SELECT other_document_id, other_claim_no FROM claimbase.claim_match
WHERE relation = 'agrees' AND other_document_id = ANY ($1::uuid[])
UNION
SELECT document_id, claim_no FROM claimbase.match_decision WHERE document_id = ANY ($1::uuid[])
UNION
SELECT other_document_id, other_claim_no FROM claimbase.match_decision WHERE other_document_id = ANY ($1::uuid[])
UNION
SELECT document_id, claim_no FROM claimbase.claim_cluster WHERE document_id = ANY ($1::uuid[])
