SELECT c.type, c.a_claim, c.a_source, c.a_speaker, c.a_text, c.a_quantity, c.a_status, c.b_claim, c.b_source, c.b_speaker, c.b_text,
       c.b_quantity, c.b_status, c.reasons, c.score, c.match, c.decided_by
  FROM report.conflicts c WHERE $1::text IS NULL OR $1::text IN (c.a_source, c.b_source)
 ORDER BY c.score DESC, c.match LIMIT $2::bigint
