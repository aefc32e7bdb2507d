-- The columns of a report view, for the metadata beside its CSV.
SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, col_description(a.attrelid, a.attnum) AS comment,
       obj_description(a.attrelid, 'pg_class') AS view_comment
  FROM pg_attribute a
 WHERE a.attrelid = ('report.' || quote_ident($1::text))::regclass AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum
