SELECT replace(document_id::text, '-', '') AS document_id FROM claimbase.document WHERE document_id = ANY ($1::uuid[])
