-- Whether statistics of the tables that matching fills are this role's to gather: the owner's (of a table, of the
-- database). Others leave them to autovacuum.
SELECT bool_and(pg_catalog.pg_has_role(c.relowner, 'USAGE') OR pg_catalog.pg_has_role(d.datdba, 'USAGE')) AS owned
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
WHERE c.oid IN ('claimbase.claim_terms'::regclass, 'claimbase.match_due'::regclass, 'claimbase.claim_match'::regclass,
                'claimbase.claim_cluster'::regclass, 'claimbase.document_origin'::regclass)
