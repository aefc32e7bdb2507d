SELECT s.source, s.reliability, s.owner, s.documents, s.claims, s.verified, s.refuted, s.disputed,
       coalesce(a.agrees, 0) AS agrees, coalesce(a.contradicts, 0) AS contradicts
  FROM report.sources s
  LEFT JOIN (SELECT g.source, sum(g.agrees) AS agrees, sum(g.contradicts) AS contradicts
               FROM report.agreement g WHERE g.source <> g.other_source GROUP BY g.source) a ON a.source = s.source
 WHERE $1::text IS NULL OR s.source = $1::text
 ORDER BY s.claims DESC, s.source LIMIT $2::bigint
