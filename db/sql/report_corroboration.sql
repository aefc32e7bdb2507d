SELECT c.cluster, c.origins, c.unknown_origins, c.documents, c.sources, c.owners, c.text, ARRAY(SELECT regexp_replace(o.origin, '^document\|([0-9a-f]{8})[0-9a-f-]{28}', 'document \1')
               FROM unnest(c.origin_list) WITH ORDINALITY AS o(origin, place) ORDER BY o.place) AS origin_list, c.source_names, c.verified, c.refuted
  FROM report.corroboration c WHERE $1::text IS NULL OR $1::text = ANY (c.source_names)
 ORDER BY c.origins DESC, c.documents DESC, c.cluster LIMIT $2::bigint
