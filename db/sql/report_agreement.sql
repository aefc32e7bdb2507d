SELECT a.source, a.other_source, a.agrees, a.contradicts, a.share_agreeing
  FROM report.agreement a WHERE ($1::text IS NULL OR a.source = $1::text) AND a.agrees + a.contradicts > 0
 ORDER BY a.source, a.other_source LIMIT $2::bigint
