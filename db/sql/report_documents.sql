SELECT d.document, d.source, d.title, d.published, d.claims, d.origins, d.retracted, d.url
  FROM report.documents d WHERE $1::text IS NULL OR d.source = $1::text ORDER BY d.published, d.document_id LIMIT $2::bigint
