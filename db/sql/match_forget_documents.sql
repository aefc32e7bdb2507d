-- What the program found about the claims of these documents, on the first side of a pair.
DELETE FROM claimbase.claim_match WHERE document_id = ANY ($1::uuid[])
