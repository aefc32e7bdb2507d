SELECT q.priority, q.claim, q.source, q.speaker, c.modality, q.text, q.status, q.reasons, q.sources, q.origins
  FROM report.queue q JOIN report.claims c ON c.document_id = q.document_id AND c.claim_no = q.claim_no
 WHERE $1::text IS NULL OR q.source = $1::text
 ORDER BY q.priority DESC, q.claim LIMIT $2::bigint
