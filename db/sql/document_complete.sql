-- A text that was stored bare has been read now. What was known of it stays.
UPDATE claimbase.document
SET title = coalesce(title, $2::text), byline = coalesce(byline, $3::text), language = coalesce(language, $4::text),
    method_version = $5::text, seal = claimbase.document_seal(document_id)
WHERE document_id = $1::uuid AND method_version = 'none'
