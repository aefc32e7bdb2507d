-- Spreads the tables over the nodes of a Citus cluster: one extra step, safe to repeat. On plain PostgreSQL it only
-- says so. A table whose primary key begins with document_id goes by document, the index of terms by
-- term; every other table is a vocabulary and is copied to all nodes. A table comes after the ones it points at.
DO $distribute$
DECLARE
  chosen record;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    RAISE INFO 'the extension citus is not in this database: the tables stay on one machine';
    RETURN;
  END IF;
  PERFORM set_config('citus.enable_local_reference_table_foreign_keys', 'off', true);
  PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
  EXECUTE format('ALTER DATABASE %I SET citus.enable_repartition_joins = on', current_database());
  LOOP
    SELECT t.oid::regclass AS name, a.attname AS first_column
      INTO chosen
      FROM pg_class t
      JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
     WHERE t.relnamespace = 'claimbase'::regnamespace AND t.relkind = 'r'
       AND t.oid NOT IN (SELECT logicalrelid FROM pg_dist_partition)
       AND NOT EXISTS (
         SELECT FROM pg_constraint c
          WHERE c.conrelid = t.oid AND c.contype = 'f' AND c.confrelid <> t.oid
            AND c.confrelid NOT IN (SELECT logicalrelid FROM pg_dist_partition))
     ORDER BY a.attname = 'document_id', t.relname
     LIMIT 1;
    EXIT WHEN NOT FOUND;
    IF chosen.name = 'claimbase.document'::regclass THEN
      PERFORM create_distributed_table(chosen.name, 'document_id', colocate_with => 'none');
    ELSIF chosen.first_column = 'document_id' THEN
      PERFORM create_distributed_table(chosen.name, 'document_id', colocate_with => 'claimbase.document');
    ELSIF chosen.name = 'claimbase.term_block'::regclass THEN
      PERFORM create_distributed_table(chosen.name, 'term', colocate_with => 'none');
    ELSE
      PERFORM create_reference_table(chosen.name);
    END IF;
    RAISE INFO 'distributed %', chosen.name;
  END LOOP;
END
$distribute$
