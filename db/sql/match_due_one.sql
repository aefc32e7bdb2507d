-- A document that is to be matched again, because what is known of its origin changed.
INSERT INTO claimbase.match_due (document_id) VALUES ($1::uuid) 
ON CONFLICT (document_id) DO UPDATE SET matched = false
