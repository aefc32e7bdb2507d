SELECT i.run, i.started, round(extract(epoch FROM i.took), 1) AS seconds, i.state, i.actor, i.kind, i.documents_new, i.documents_known, i.sentences, i.claims, i.rejected, i.undone, i.arguments
  FROM report.imports i WHERE $1::text IS NULL ORDER BY i.run LIMIT $2::bigint
