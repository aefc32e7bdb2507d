SELECT document_id FROM claimbase.match_due WHERE matched ORDER BY document_id
