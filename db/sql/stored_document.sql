SELECT text, method_version FROM claimbase.document WHERE document_id = $1::uuid
