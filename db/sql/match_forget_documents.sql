-- What the program found about the claims of these documents, on either side of a pair.
DELETE FROM claimbase.claim_match
WHERE document_id = ANY ($1::uuid[]) OR other_document_id = ANY ($1::uuid[])
