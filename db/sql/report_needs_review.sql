SELECT n.claim, n.status, n.reason, n.detail, n.since, n.decided_by, n.text
  FROM report.needs_review n WHERE $1::text IS NULL OR n.source = $1::text ORDER BY n.since DESC, n.claim LIMIT $2::bigint
