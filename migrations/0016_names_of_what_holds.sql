-- The names of origins are those that standing documents give: not of imports that were undone, nor of links that were
-- withdrawn, nor of what came after the moment of claimbase.as_of.

CREATE OR REPLACE VIEW claimbase.named_origin AS
  SELECT l.origin_key AS origin,
         claimbase.origin_words(l.origin_key, (mode() WITHIN GROUP (ORDER BY l.target_name COLLATE "C")) COLLATE "default",
                                min(s.name)) AS name
    FROM claimbase.document_link l
    JOIN claimbase.shown_document d ON d.document_id = l.document_id
    LEFT JOIN claimbase.speaker s ON s.key = split_part(l.origin_key, '|', 3)
   WHERE l.origin_key IS NOT NULL
     AND l.created_at <= (SELECT claimbase.as_of())
     AND (l.withdrawn_at IS NULL OR l.withdrawn_at > (SELECT claimbase.as_of()))
   GROUP BY l.origin_key;

-- db init-roles grants what is there when it runs: a checker of a database that had its roles before.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'claimbase_checker') THEN
    GRANT SELECT ON claimbase.named_origin TO claimbase_checker;
  END IF;
END $$;
