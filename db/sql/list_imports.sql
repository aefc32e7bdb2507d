SELECT i.run, i.started, round(extract(epoch FROM i.took), 1) AS seconds, i.state, i.actor, i.kind, i.documents_new, i.documents_known, i.claims, i.rejected, i.undone, i.arguments
  FROM report.imports i ORDER BY i.run DESC LIMIT $1::bigint
