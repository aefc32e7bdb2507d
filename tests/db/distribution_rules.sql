-- The rules that let one schema serve one machine and many, as a query on the catalog: a row is a rule that is broken.
-- Per-document tables are those whose primary key begins with document_id; all others are vocabularies, or serve the index
-- and the log and are written by one writer at a time.
WITH tables AS (
  SELECT c.oid, c.relname, k.conkey,
         (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = k.conkey[1]) = 'document_id' AS per_document,
         EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'document_id' AND NOT a.attisdropped) AS names_document
    FROM pg_class c LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
   WHERE c.relnamespace = 'claimbase'::regnamespace AND c.relkind IN ('r', 'p')
)
SELECT 'no primary key' AS rule, t.relname::text AS what FROM tables t WHERE t.conkey IS NULL
UNION ALL
SELECT 'document_id is not first in the primary key', t.relname FROM tables t WHERE t.names_document AND NOT t.per_document
UNION ALL
SELECT 'unique without document_id', i.indexrelid::regclass::text
  FROM tables t JOIN pg_index i ON i.indrelid = t.oid
 WHERE t.per_document AND (i.indisunique OR i.indisexclusion)
   AND NOT (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'document_id') = ANY (i.indkey::int2[])
UNION ALL
SELECT 'a foreign key leaves the document', k.conname
  FROM pg_constraint k JOIN tables s ON s.oid = k.conrelid JOIN tables t ON t.oid = k.confrelid
 WHERE k.contype = 'f' AND t.per_document
   AND (NOT s.per_document OR NOT EXISTS (SELECT FROM unnest(k.conkey, k.confkey) AS p(f, g)
          JOIN pg_attribute a ON a.attrelid = s.oid AND a.attnum = p.f AND a.attname = 'document_id'
          JOIN pg_attribute b ON b.attrelid = t.oid AND b.attnum = p.g AND b.attname = 'document_id'))
UNION ALL
SELECT 'SET NULL or SET DEFAULT', k.conname FROM pg_constraint k JOIN tables s ON s.oid = k.conrelid
 WHERE k.contype = 'f' AND (k.confdeltype IN ('n', 'd') OR k.confupdtype IN ('n', 'd', 'c'))
UNION ALL
SELECT 'a trigger', g.tgname FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
UNION ALL
SELECT 'a rule', r.rulename FROM tables t JOIN pg_rewrite r ON r.ev_class = t.oid
UNION ALL
SELECT 'identity that is no bigint', t.relname || '.' || a.attname
  FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid WHERE a.attidentity <> '' AND a.atttypid <> 'int8'::regtype
UNION ALL
-- a name that the server made up ends in what it was made for
SELECT 'a constraint without a name of its own', k.conname
  FROM pg_constraint k JOIN tables t ON t.oid = k.conrelid
 WHERE k.conname ~ '_(pkey|fkey|key|check|excl)[0-9]*$' OR k.conname NOT LIKE t.relname || '%'
UNION ALL
SELECT 'inheritance', i.inhrelid::regclass::text FROM pg_inherits i JOIN tables t ON t.oid = i.inhrelid
UNION ALL
SELECT 'a recursive query in a view', c.relname FROM pg_class c
 WHERE c.relnamespace IN ('claimbase'::regnamespace, 'report'::regnamespace) AND c.relkind = 'v'
   AND pg_get_viewdef(c.oid) ~* 'WITH RECURSIVE|ROLLUP|GROUPING SETS|NOT \(?EXISTS'
UNION ALL
SELECT 'a recursive query in a function', p.proname FROM pg_proc p
 WHERE p.pronamespace = 'claimbase'::regnamespace AND p.prosrc ~* 'WITH RECURSIVE|ROLLUP|pg_advisory|NOTIFY '
ORDER BY 1, 2
