-- Corroboration by owner: two outlets of one owner are not independent when that is asked.

-- How many parts are left when origins that share an owner, and owners that share an origin, fall together: {parts with a
-- known origin, parts without one}. The arrays are parallel, one place an (origin, owner). Every place takes the least
-- number among its neighbours until nothing changes.
CREATE FUNCTION claimbase.independent_parts(p_origins text[], p_owners text[], p_known boolean[]) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part bigint[] := ARRAY(SELECT generate_series(1, cardinality(p_origins)));
  merged bigint[];
BEGIN
  LOOP
    merged := ARRAY(SELECT least(min(e.part) OVER (PARTITION BY e.origin), min(e.part) OVER (PARTITION BY e.owner))
                      FROM unnest(p_origins, p_owners, part) WITH ORDINALITY AS e(origin, owner, part, place)
                     ORDER BY e.place);
    EXIT WHEN merged = part;
    part := merged;
  END LOOP;
  RETURN (SELECT ARRAY[count(*) FILTER (WHERE p.known), count(*) FILTER (WHERE NOT p.known)]
            FROM (SELECT bool_or(e.known) AS known FROM unnest(part, p_known) AS e(part, known) GROUP BY e.part) p);
END $$;
COMMENT ON FUNCTION claimbase.independent_parts IS 'Origins that count as independent when owners are looked at: {known, unknown}.';

CREATE VIEW claimbase.group_owners AS
  SELECT e.group_document_id, e.group_claim_no, array_agg(DISTINCT e.owner) AS owner_names,
         claimbase.independent_parts(array_agg(e.origin), array_agg(e.owner), array_agg(e.known)) AS parts
    FROM (SELECT m.group_document_id, m.group_claim_no, coalesce(r.origin, 'document|' || m.document_id::text) AS origin,
                 coalesce(nullif(s.owner, ''), s.name) AS owner, bool_or(coalesce(r.known, false)) AS known
            FROM claimbase.group_member m
            JOIN claimbase.document d ON d.document_id = m.document_id
            JOIN claimbase.source s ON s.source_id = d.source_id
            LEFT JOIN claimbase.document_origin r ON r.document_id = m.document_id
           GROUP BY 1, 2, 3, 4) e
   GROUP BY e.group_document_id, e.group_claim_no;

CREATE VIEW report.corroboration_by_owner AS
  SELECT c.cluster, c.text, o.parts[1] AS origins, o.parts[2] AS unknown_origins, c.documents, c.sources, c.owners,
         c.origin_list, c.source_names, c.verified, c.refuted, c.document_id, c.claim_no, o.owner_names
    FROM report.corroboration c
    JOIN claimbase.group_owners o ON o.group_document_id = c.document_id AND o.group_claim_no = c.claim_no;
COMMENT ON VIEW report.corroboration_by_owner IS 'report.corroboration where what one owner publishes counts once.';

COMMENT ON COLUMN report.corroboration_by_owner.origins IS 'How many parts with a known origin stand behind it, none of which shares an origin or an owner with another.';
COMMENT ON COLUMN report.corroboration_by_owner.unknown_origins IS 'How many such parts have no recorded lineage.';
COMMENT ON COLUMN report.corroboration_by_owner.owner_names IS 'The owners; a source without one is its own.';
DO $comments$
DECLARE
  col record;
BEGIN
  FOR col IN -- the others mean what they mean in report.corroboration
    SELECT b.attname, col_description(a.attrelid, a.attnum) AS meaning
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_attribute b ON b.attname = a.attname
     WHERE a.attrelid = 'report.corroboration'::regclass AND b.attrelid = 'report.corroboration_by_owner'::regclass
       AND a.attnum > 0 AND col_description(b.attrelid, b.attnum) IS NULL
  LOOP
    EXECUTE format('COMMENT ON COLUMN report.corroboration_by_owner.%I IS %L', col.attname, col.meaning);
  END LOOP;
END $comments$;
