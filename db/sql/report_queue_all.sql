SELECT q.priority, q.claim, q.statement, q.source, q.speaker, q.modality, q.text, q.status, q.reasons, q.sources, q.origins
  FROM report.queue q WHERE $1::text IS NULL OR q.source = $1::text
 ORDER BY q.priority DESC, q.claim LIMIT $2::bigint
