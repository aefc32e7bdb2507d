SELECT h.at, h.claim, h.event, h.from_status, h.to_status, h.actor, h.note, h.evidence, h.source, h.text
  FROM report.history h
 ORDER BY h.at DESC, h.document_id, h.seq DESC
 LIMIT $1::bigint
