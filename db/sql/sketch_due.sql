-- Articles without a sketch of this method. Only articles in match_due can be: what was matched was sketched.
SELECT d.document_id, d.text
FROM claimbase.match_due m
JOIN claimbase.shown_document d ON d.document_id = m.document_id
LEFT JOIN claimbase.document_sketch s ON s.document_id = m.document_id AND s.method_version = $1::text
WHERE d.kind = 'article' AND s.document_id IS NULL
ORDER BY d.document_id
LIMIT $2::bigint
