SELECT p.document, p.source, p.kind, p.target, p.target_source, p.words, p.reason, p.stated_by, p.withdrawn
  FROM report.provenance p WHERE $1::text IS NULL OR p.source = $1::text ORDER BY p.document_id, p.link LIMIT $2::bigint
