-- The next documents in the order of their ids.
SELECT m.document_id FROM claimbase.match_due m
WHERE NOT m.matched AND ($1::uuid IS NULL OR m.document_id > $1::uuid)
ORDER BY m.document_id
LIMIT $2::bigint
