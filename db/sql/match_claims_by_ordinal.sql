-- Where claims are, by their ordinals. (The empty array: index_lists)
SELECT ordinal, document_id, claim_no FROM claimbase.claim_terms
WHERE ordinal = ANY ($1::bigint[]) OR ordinal = ANY ('{}'::bigint[])
ORDER BY document_id, claim_no
