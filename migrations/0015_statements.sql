-- Origins by names that people read, and the queue by statements: what many repeat is one thing to check.

-- ------------------------------------------------------------------ names of origins

-- What is known only folded, with capitals; a description of more words than names have stays as it is.
CREATE FUNCTION claimbase.name_of_folded(p_folded text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_folded ~ '^[^ ]+( [^ ]+){0,3}$' THEN initcap(p_folded) ELSE p_folded END;

-- The key of an origin is folded, so that two documents which credit the same interview meet. For people it is written as the
-- documents write it: p_target, p_speaker; where nobody does, with capitals.
CREATE FUNCTION claimbase.origin_words(p_origin text, p_target text, p_speaker text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN p_origin LIKE 'document|%' THEN 'document ' || substr(p_origin, 10, 8)
  WHEN p_origin LIKE 'url|%' THEN substr(p_origin, 5)
  WHEN p_origin LIKE 'name|%' THEN claimbase.name_of_folded(substr(p_origin, 6))
  WHEN p_origin LIKE '%|%' THEN
    concat_ws(', ', split_part(p_origin, '|', 1),
              nullif(coalesce(p_target, claimbase.name_of_folded(split_part(p_origin, '|', 2))), ''),
              nullif(CASE WHEN split_part(p_origin, '|', 3) <> split_part(p_origin, '|', 2)
                          THEN coalesce(p_speaker, claimbase.name_of_folded(split_part(p_origin, '|', 3))) END, ''))
  ELSE p_origin END;
COMMENT ON FUNCTION claimbase.origin_words IS 'An origin for people: "interview, Kommersant, Ilya Rogachev".';

-- One name an origin, however many documents credit it: as most of them write it.
CREATE VIEW claimbase.named_origin AS
  SELECT l.origin_key AS origin,
         claimbase.origin_words(l.origin_key, (mode() WITHIN GROUP (ORDER BY l.target_name COLLATE "C")) COLLATE "default",
                                min(s.name)) AS name
    FROM claimbase.document_link l
    LEFT JOIN claimbase.speaker s ON s.key = split_part(l.origin_key, '|', 3)
   WHERE l.origin_key IS NOT NULL
   GROUP BY l.origin_key;
COMMENT ON VIEW claimbase.named_origin IS 'The origins that documents credit, named as the documents write them.';

-- The same for one origin. With the rights of whoever made it, like claimbase.later_circle.
CREATE FUNCTION claimbase.origin_name(p_origin text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce((SELECT n.name FROM claimbase.named_origin n WHERE n.origin = p_origin),
                  claimbase.origin_words(p_origin, NULL, NULL))
$$;
COMMENT ON FUNCTION claimbase.origin_name IS 'The name of an origin for people, as report.origins has it.';

CREATE OR REPLACE VIEW report.origins AS
  SELECT o.origin, claimbase.document_ref(d.document_id) AS document, s.name AS source, d.title, o.known, o.reason,
         count(*) OVER (PARTITION BY o.origin) AS documents, d.published_at AS published, d.url, d.document_id,
         coalesce(n.name, claimbase.origin_words(o.origin, NULL, NULL)) AS name
    FROM claimbase.document_origin o
    JOIN claimbase.shown_document d ON d.document_id = o.document_id
    JOIN claimbase.source s ON s.source_id = d.source_id
    LEFT JOIN claimbase.named_origin n ON n.origin = o.origin;
COMMENT ON COLUMN report.origins.origin IS 'The origin by its key, the same in all documents that come from it.';
COMMENT ON COLUMN report.origins.name IS 'The origin as people read it: "interview, Kommersant, Ilya Rogachev".';

CREATE OR REPLACE VIEW claimbase.group_origins AS
  SELECT o.group_document_id, o.group_claim_no, count(*) FILTER (WHERE o.known) AS origins,
         count(*) FILTER (WHERE NOT o.known) AS unknown_origins,
         array_agg(coalesce(n.name, claimbase.origin_words(o.origin, NULL, NULL)) || ': ' || o.reason
                   ORDER BY o.known DESC, o.origin) AS origin_list
    FROM (SELECT g.group_document_id, g.group_claim_no, coalesce(r.origin, 'document|' || g.document_id::text) AS origin,
                 bool_or(coalesce(r.known, false)) AS known,
                 min(coalesce(r.reason, 'no lineage is recorded')) AS reason
            FROM (SELECT DISTINCT m.group_document_id, m.group_claim_no, m.document_id FROM claimbase.group_member m) g
            LEFT JOIN claimbase.document_origin r ON r.document_id = g.document_id
           GROUP BY 1, 2, 3) o
    LEFT JOIN claimbase.named_origin n ON n.origin = o.origin
   GROUP BY o.group_document_id, o.group_claim_no;

CREATE OR REPLACE FUNCTION claimbase.circular_reason(p_checked uuid, p_evidence uuid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  shared text;
BEGIN
  IF p_checked = p_evidence THEN
    RETURN 'it is the document that is checked';
  ELSIF p_evidence = ANY (claimbase.document_family(p_checked)) THEN
    RETURN 'it derives from the document that is checked';
  ELSIF p_evidence = ANY (claimbase.document_ancestors(p_checked)) THEN
    RETURN NULL;
  END IF;
  SELECT o.origin INTO shared FROM claimbase.document_origin o
   WHERE o.document_id = p_checked AND o.known
     AND o.origin IN (SELECT e.origin FROM claimbase.document_origin e WHERE e.document_id = p_evidence AND e.known)
   LIMIT 1;
  IF shared IS NULL THEN
    SELECT l.origin_key INTO shared FROM claimbase.document_link l
     WHERE l.document_id = p_checked AND l.withdrawn_at IS NULL
       AND l.origin_key IN (SELECT e.origin_key FROM claimbase.document_link e
                             WHERE e.document_id = p_evidence AND e.withdrawn_at IS NULL AND e.origin_key IS NOT NULL)
     LIMIT 1;
  END IF;
  IF shared IS NOT NULL THEN
    RETURN pg_catalog.format('it comes from the same origin (%s)', claimbase.origin_name(shared));
  END IF;
  RETURN NULL;
END $$;

-- ------------------------------------------------------------------ the queue by statements

CREATE OR REPLACE VIEW report.queue AS
  SELECT round((CASE WHEN x.doubts > 0 THEN 4 ELSE 0 END + CASE WHEN x.contradictions > 0 THEN 3 ELSE 0 END
                + least(coalesce(x.sources, 1) - 1, 5) + CASE WHEN x.sources > 1 AND x.origins <= 1 THEN 1 ELSE 0 END
                + CASE WHEN x.status = 'in_review' THEN 1 ELSE 0 END + x.checkworthy)::numeric, 2) AS priority,
         x.claim, x.source, x.speaker, x.text, x.status,
         array_remove(ARRAY[
           CASE WHEN x.doubts > 0 THEN 'needs_review' END,
           CASE WHEN x.contradictions > 0 THEN 'contradicted' END,
           CASE WHEN x.sources > 1 THEN 'repeated by ' || x.sources || ' sources' END,
           CASE WHEN x.sources > 1 AND x.origins = 1 THEN 'single origin' END,
           CASE WHEN x.sources > 1 AND x.origins = 0 THEN 'origin unknown' END,
           CASE WHEN x.status = 'in_review' THEN 'in review' END,
           CASE WHEN x.checkworthy >= 0.6 THEN 'checkable' END], NULL) AS reasons,
         coalesce(x.sources, 1) AS sources, coalesce(x.origins, 0) AS origins, x.checkworthy, x.published,
         x.document_id, x.claim_no,
         x.modality, coalesce(x.claims, 1) AS claims,
         coalesce(claimbase.claim_ref(x.group_document_id, x.group_claim_no), x.claim) AS statement,
         coalesce(x.group_document_id, x.document_id) AS statement_document_id,
         coalesce(x.group_claim_no, x.claim_no) AS statement_claim_no
    FROM (SELECT c.*, g.claims, g.sources, g.origins, g.contradictions, coalesce(n.doubts, 0) AS doubts,
                 m.group_document_id, m.group_claim_no
            FROM report.claims c
            LEFT JOIN claimbase.group_member m ON m.document_id = c.document_id AND m.claim_no = c.claim_no
            LEFT JOIN report.consistency g ON g.document_id = m.group_document_id AND g.claim_no = m.group_claim_no
            LEFT JOIN (SELECT d.document_id, d.claim_no, count(*) AS doubts FROM claimbase.doubt d GROUP BY 1, 2) n
              ON n.document_id = c.document_id AND n.claim_no = c.claim_no) x
   WHERE x.doubts > 0
      OR (x.status IN ('unverified', 'in_review')
          AND (x.status = 'in_review' OR x.contradictions > 0 OR x.sources > 1 OR x.checkworthy >= 0.6));
COMMENT ON COLUMN report.queue.modality IS 'stated, denied, or another way in which it is said.';
COMMENT ON COLUMN report.queue.claims IS 'How many claims make the same statement, itself among them.';
COMMENT ON COLUMN report.queue.statement IS 'The group of claims that say the same, as cluster in report.consistency; the claim itself when it is alone.';
COMMENT ON COLUMN report.queue.statement_document_id IS 'The document of the statement''s first claim.';
COMMENT ON COLUMN report.queue.statement_claim_no IS 'The number of the statement''s first claim in its document.';
