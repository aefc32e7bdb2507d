DELETE FROM claimbase.document_origin WHERE $1::uuid[] IS NULL OR document_id = ANY ($1::uuid[])
