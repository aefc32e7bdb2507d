SELECT c.cluster, c.origins, c.unknown_origins, c.documents, c.sources, c.owners, c.text, c.owner_names, c.origin_list, c.source_names,
       c.verified, c.refuted
  FROM report.corroboration_by_owner c WHERE $1::text IS NULL OR $1::text = ANY (c.source_names)
 ORDER BY c.origins DESC, c.documents DESC, c.cluster LIMIT $2::bigint
