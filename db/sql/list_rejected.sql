SELECT r.run, r.no, r.file, r.line, r.reason, r.content
  FROM report.rejected r WHERE ($1::bigint IS NULL OR r.run = $1::bigint) ORDER BY r.run DESC, r.no LIMIT $2::bigint
