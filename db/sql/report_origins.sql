SELECT o.name AS origin, o.documents, o.known, o.document, o.source, o.title, o.reason
  FROM report.origins o WHERE $1::text IS NULL OR o.source = $1::text
 ORDER BY o.documents DESC, o.origin, o.source, o.document LIMIT $2::bigint
