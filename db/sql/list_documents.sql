SELECT d.document, d.source, d.published, d.claims, d.origins, d.title, d.url
  FROM report.documents d
 WHERE ($1::text IS NULL OR d.source = $1::text)
   AND ($2::timestamptz IS NULL OR d.published >= $2::timestamptz)
 ORDER BY d.imported, d.document_id
 LIMIT $3::bigint
