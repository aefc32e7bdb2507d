SELECT n.claim, n.status, n.reason, n.detail, n.since, n.decided_by, c.source, c.speaker, c.modality, n.text
  FROM report.needs_review n JOIN report.claims c ON c.document_id = n.document_id AND c.claim_no = n.claim_no
 WHERE $1::text IS NULL OR n.source = $1::text ORDER BY n.since DESC, n.claim LIMIT $2::bigint
