-- The whole database as rows of JSON, and back: what `export database` writes and `import --database` reads.

-- The tables that are written, parents before children, with their keys in order. What is derived and made anew when it is
-- missing (the index of terms, sketches of documents) and what other migrations fill is left out.
CREATE VIEW claimbase.portable_table AS
  SELECT t.place, t.name,
         (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.place)
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
           WHERE i.indrelid = ('claimbase.' || quote_ident(t.name))::regclass AND i.indisprimary) AS key
    FROM (VALUES (1, 'source'), (2, 'source_alias'), (3, 'source_change'), (4, 'speaker'), (5, 'speaker_alias'),
                 (6, 'speaker_change'), (7, 'import_run'), (8, 'run_event'), (9, 'rejected_row'), (10, 'document'),
                 (11, 'document_event'), (12, 'document_link'), (13, 'sentence'), (14, 'claim'), (15, 'attribution'),
                 (16, 'quantity'), (17, 'claim_match'), (18, 'match_decision'), (19, 'claim_cluster'),
                 (20, 'document_origin'), (21, 'verification'), (22, 'evidence'), (23, 'checkpoint'), (24, 'log_leaf')) AS t(place, name);
COMMENT ON VIEW claimbase.portable_table IS 'The tables of a whole-database export, in the order in which they can be filled.';

-- Names come from the view above, so that nothing else can be read through here.
CREATE FUNCTION claimbase.export_rows(p_table text) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  portable claimbase.portable_table;
BEGIN
  SELECT t.* INTO STRICT portable FROM claimbase.portable_table t WHERE t.name = p_table;
  RETURN QUERY EXECUTE format('SELECT to_jsonb(r) FROM claimbase.%I r ORDER BY %s', portable.name, portable.key);
END $$;
COMMENT ON FUNCTION claimbase.export_rows IS 'All rows of a table of portable_table, in the order of its key.';

CREATE FUNCTION claimbase.import_rows(p_table text, p_rows jsonb) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  portable claimbase.portable_table;
  stored bigint;
BEGIN
  SELECT t.* INTO portable FROM claimbase.portable_table t WHERE t.name = p_table;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('there is no table ''%s'' in an export', p_table);
  END IF;
  EXECUTE format('INSERT INTO claimbase.%I SELECT * FROM jsonb_populate_recordset(NULL::claimbase.%I, $1)',
                 portable.name, portable.name) USING p_rows;
  GET DIAGNOSTICS stored = ROW_COUNT;
  RETURN stored;
END $$;
COMMENT ON FUNCTION claimbase.import_rows IS 'Stores rows as export_rows gave them. Hashes and keys are checked by the constraints, as ever.';

-- Numbers that are given out from now on come after those that were imported.
CREATE FUNCTION claimbase.import_finish() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  identity record;
  highest bigint;
BEGIN
  FOR identity IN
    SELECT c.oid::regclass AS name, a.attname AS number
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attidentity <> ''
     WHERE c.relnamespace = 'claimbase'::regnamespace
  LOOP
    EXECUTE format('SELECT max(%I) FROM %s', identity.number, identity.name) INTO highest;
    PERFORM setval(pg_get_serial_sequence(identity.name::text, identity.number), coalesce(highest, 1), highest IS NOT NULL);
  END LOOP;
END $$;
