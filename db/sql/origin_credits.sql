-- What documents credit that is not in the database itself: an interview, an agency, an address.
SELECT l.document_id,
       coalesce(l.origin_key, 'url|' || l.target_url, 'name|' || lower(l.target_name)) AS origin,
       l.kind, l.reason, l.stated_by
FROM claimbase.document_link l
LEFT JOIN claimbase.document t ON t.url = l.target_url
WHERE l.withdrawn_at IS NULL AND l.target_document_id IS NULL AND t.document_id IS NULL
  AND ($1::uuid[] IS NULL OR l.document_id = ANY ($1::uuid[]))
ORDER BY l.document_id, l.link_no
