SELECT s.source, s.status, s.claims, s.documents, s.last_decided
  FROM report.status s WHERE $1::text IS NULL OR s.source = $1::text ORDER BY s.source, s.claims DESC LIMIT $2::bigint
