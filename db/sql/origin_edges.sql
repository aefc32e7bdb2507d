-- Where documents come from, as far as it is recorded: from document to document. $1: edges with an end among
-- these; NULL: all. Text in common points from the later to the earlier document.
SELECT l.document_id, l.target_document_id, l.kind, l.reason, l.stated_by
FROM claimbase.document_link l
WHERE l.withdrawn_at IS NULL AND l.target_document_id IS NOT NULL
  AND ($1::uuid[] IS NULL OR l.document_id = ANY ($1::uuid[]) OR l.target_document_id = ANY ($1::uuid[]))
UNION ALL
SELECT l.document_id, t.document_id, l.kind, l.reason, l.stated_by
FROM claimbase.document_link l JOIN claimbase.document t ON t.url = l.target_url
WHERE l.withdrawn_at IS NULL AND l.target_document_id IS NULL AND t.document_id <> l.document_id
  AND ($1::uuid[] IS NULL OR l.document_id = ANY ($1::uuid[]))
UNION
SELECT l.document_id, t.document_id, l.kind, l.reason, l.stated_by
FROM claimbase.document t JOIN claimbase.document_link l ON l.target_url = t.url
WHERE $1::uuid[] IS NOT NULL AND t.document_id = ANY ($1::uuid[])
  AND l.withdrawn_at IS NULL AND l.target_document_id IS NULL AND t.document_id <> l.document_id
UNION ALL
SELECT CASE WHEN later THEN document_id ELSE other_document_id END,
       CASE WHEN later THEN other_document_id ELSE document_id END,
       'same_text',
       CASE WHEN least(share, other_share) >= 0.999 THEN 'the same text'
            ELSE round(100 * (CASE WHEN later THEN share ELSE other_share END)::numeric)::text || '% of its words stand there too, in runs of eight or more'
       END,
       'program'
FROM (SELECT k.document_id, k.other_document_id, k.share, k.other_share,
             coalesce(a.published_at, 'infinity') > coalesce(b.published_at, 'infinity') AS later
      FROM claimbase.document_likeness k
      JOIN claimbase.document a ON a.document_id = k.document_id
      JOIN claimbase.document b ON b.document_id = k.other_document_id
      WHERE greatest(k.share, k.other_share) >= 0.5
        AND ($1::uuid[] IS NULL OR k.document_id = ANY ($1::uuid[]) OR k.other_document_id = ANY ($1::uuid[]))) n
UNION ALL
SELECT a.document_id, b.document_id, 'same_address', 'the same canonical address', 'program'
FROM claimbase.document a JOIN claimbase.document b ON b.url = a.url AND b.document_id <> a.document_id
WHERE (coalesce(a.published_at, 'infinity'), a.document_id) > (coalesce(b.published_at, 'infinity'), b.document_id)
  AND a.kind = 'article' AND b.kind = 'article'
  AND ($1::uuid[] IS NULL OR a.document_id = ANY ($1::uuid[]))
UNION
SELECT a.document_id, b.document_id, 'same_address', 'the same canonical address', 'program'
FROM claimbase.document b JOIN claimbase.document a ON a.url = b.url AND b.document_id <> a.document_id
WHERE $1::uuid[] IS NOT NULL AND b.document_id = ANY ($1::uuid[])
  AND (coalesce(a.published_at, 'infinity'), a.document_id) > (coalesce(b.published_at, 'infinity'), b.document_id)
  AND a.kind = 'article' AND b.kind = 'article'
