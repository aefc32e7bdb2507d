-- Documents whose id lies between $1 and $2, or with the external id or address $3.
SELECT document_id, coalesce(title, left(text, 60)) AS title
FROM claimbase.document
WHERE document_id BETWEEN $1::uuid AND $2::uuid
UNION
SELECT document_id, coalesce(title, left(text, 60)) FROM claimbase.document WHERE external_id = $3::text
UNION
SELECT document_id, coalesce(title, left(text, 60)) FROM claimbase.document WHERE url = $3::text
ORDER BY 1
LIMIT 4
