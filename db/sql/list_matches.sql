SELECT m.match, m.relation, round(m.score::numeric, 3) AS score, m.reasons, m.a_source, m.a_text, m.b_source, m.b_text, m.decided_by
  FROM report.matches m
 WHERE ($1::text IS NULL OR m.a_source = $1::text OR m.b_source = $1::text)
   AND ($2::text IS NULL OR m.relation = $2::text)
 ORDER BY m.score DESC, m.match LIMIT $3::bigint
