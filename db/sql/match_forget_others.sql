-- What the program found about the claims of these documents, on the second side of a pair.
DELETE FROM claimbase.claim_match WHERE other_document_id = ANY ($1::uuid[])
