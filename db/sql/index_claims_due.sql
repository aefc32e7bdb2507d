-- Claims of these documents that have no place in the index. The order makes the ordinals of a document neighbours.
SELECT c.document_id, c.claim_no, coalesce(c.text, c.quote) AS text,
       CASE WHEN d.kind = 'claim_record' THEN d.title END AS title,
       (d.published_at AT TIME ZONE 'UTC')::date AS published
FROM claimbase.document d
JOIN claimbase.claim c ON c.document_id = d.document_id
LEFT JOIN claimbase.claim_terms t ON t.document_id = c.document_id AND t.claim_no = c.claim_no
WHERE d.document_id = ANY ($1::uuid[]) AND t.document_id IS NULL
ORDER BY c.document_id, c.claim_no
