SELECT text FROM claimbase.document WHERE document_id = $1::uuid
