-- Whether the planner knows too little of what a run of $1 documents and $2 sentences and claims brought: a tenth and
-- more of what it believes to be there, and enough that autovacuum, which comes within a minute, should not be waited
-- for. Statistics are for the owner to gather (of a table, of the database): others leave them to autovacuum.
WITH known AS (
  SELECT c.relname, greatest(c.reltuples, 0) AS rows,
         pg_catalog.pg_has_role(c.relowner, 'USAGE') OR pg_catalog.pg_has_role(d.datdba, 'USAGE') AS owned
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
  WHERE c.oid IN ('claimbase.document'::regclass, 'claimbase.sentence'::regclass, 'claimbase.claim'::regclass)
)
SELECT bool_and(owned) AND $1::bigint >= 10000 AND $1::bigint * 10 >= min(rows) FILTER (WHERE relname = 'document')
         AS documents,
       bool_and(owned) AND $2::bigint >= 100000
         AND $2::bigint * 10 >= coalesce(sum(rows) FILTER (WHERE relname <> 'document'), 0) AS claims
FROM known
