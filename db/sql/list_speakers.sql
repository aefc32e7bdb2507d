SELECT s.speaker_id AS id, s.speaker, s.role, s.kind, s.claims, s.documents, s.sources, s.aliases
  FROM report.speakers s
 WHERE ($1::text IS NULL OR strpos(lower(s.speaker), lower($1::text)) > 0)
 ORDER BY s.claims DESC, s.speaker LIMIT $2::bigint
