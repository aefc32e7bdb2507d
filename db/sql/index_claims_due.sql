-- Claims of one run that have no place in the index, behind the one given (NULL: from the first). The order makes
-- the ordinals of a document neighbours. The documents' order is said twice so that the server can begin there.
SELECT c.document_id, c.claim_no, coalesce(c.text, c.quote) AS text,
       CASE WHEN d.kind = 'claim_record' THEN d.title END AS title,
       (d.published_at AT TIME ZONE 'UTC')::date AS published
FROM claimbase.document d
JOIN claimbase.claim c ON c.document_id = d.document_id
LEFT JOIN claimbase.claim_terms t ON t.document_id = c.document_id AND t.claim_no = c.claim_no
WHERE d.run_id = $1::bigint AND t.document_id IS NULL
  AND c.document_id >= coalesce($3::uuid, '00000000-0000-0000-0000-000000000000')
  AND d.document_id >= coalesce($3::uuid, '00000000-0000-0000-0000-000000000000')
  AND ($3::uuid IS NULL OR (c.document_id, c.claim_no) > ($3::uuid, $4::integer))
ORDER BY c.document_id, c.claim_no
LIMIT $2::bigint
