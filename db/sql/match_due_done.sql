UPDATE claimbase.match_due SET matched = true WHERE document_id = ANY ($1::uuid[])
