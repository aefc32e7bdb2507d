SELECT s.source, s.reliability, s.owner, s.affiliation, s.domain, s.aliases, s.documents, s.claims, s.verified, s.refuted, s.disputed
  FROM report.sources s ORDER BY s.source LIMIT $1::bigint
