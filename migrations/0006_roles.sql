-- Three roles, of the whole server, not of this database: who reads reports, who checks, who administers. They are made
-- on request ('claimbase db init-roles'), because a migration has no business with the roles of a shared server.

-- What writes past the caller's privileges is for those who were given it.
REVOKE EXECUTE ON FUNCTION claimbase.append_verification(uuid, integer, text, text, text, integer, jsonb, boolean, boolean, bigint) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION claimbase.withdraw_evidence(uuid, bigint, integer, text, text) FROM PUBLIC;

-- Makes the roles that are missing, as far as the caller may, and grants each what it needs in this database. Safe to
-- repeat: after an upgrade it grants what is new. Returns what it did, one line each.
CREATE FUNCTION claimbase.init_roles() RETURNS SETOF text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  role text;
  may_create boolean;
  -- made anew at any time from the rest: who matches may rewrite them
  derived constant text[] := '{claim_match,claim_cluster,document_origin,claim_terms,term_index,term_block,document_sketch,document_likeness,indexed_run}';
  -- written once
  appended constant text[] := '{document,document_link,sentence,claim,attribution,quantity,match_decision,source,source_alias,speaker,speaker_alias,import_run,rejected_row}';
  t text;
BEGIN
  SELECT r.rolsuper OR r.rolcreaterole INTO may_create FROM pg_roles r WHERE r.rolname = current_user;
  FOREACH role IN ARRAY ARRAY['claimbase_reader', 'claimbase_checker', 'claimbase_admin'] LOOP
    IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = role) THEN
      CONTINUE;
    ELSIF NOT may_create THEN
      RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('role %s is missing and %s may not make roles', role, current_user),
        HINT = format('have somebody with CREATEROLE run: CREATE ROLE %s LOGIN', role);
    END IF;
    BEGIN
      EXECUTE format('CREATE ROLE %I LOGIN', role);
      RETURN NEXT format('made role %s (it has no password yet)', role);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- somebody else was faster
    END;
  END LOOP;

  GRANT USAGE ON SCHEMA report TO claimbase_reader, claimbase_checker, claimbase_admin;
  GRANT SELECT ON ALL TABLES IN SCHEMA report TO claimbase_reader, claimbase_checker, claimbase_admin;

  GRANT USAGE ON SCHEMA claimbase TO claimbase_checker, claimbase_admin;
  GRANT SELECT ON ALL TABLES IN SCHEMA claimbase TO claimbase_checker, claimbase_admin;
  FOREACH t IN ARRAY appended LOOP
    EXECUTE format('GRANT INSERT ON claimbase.%I TO claimbase_checker, claimbase_admin', t);
  END LOOP;
  FOREACH t IN ARRAY derived LOOP
    IF to_regclass('claimbase.' || quote_ident(t)) IS NOT NULL THEN
      EXECUTE format('GRANT INSERT, UPDATE, DELETE ON claimbase.%I TO claimbase_checker, claimbase_admin', t);
    END IF;
  END LOOP;
  -- a run ends, a link is taken back; what they said stays
  GRANT UPDATE (finished_at, state, documents_new, documents_known, sentences, claims, rejected) ON claimbase.import_run
    TO claimbase_checker, claimbase_admin;
  GRANT UPDATE (withdrawn_at, withdrawn_by) ON claimbase.document_link TO claimbase_checker, claimbase_admin;
  GRANT UPDATE (seal) ON claimbase.document TO claimbase_checker, claimbase_admin;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA claimbase TO claimbase_checker, claimbase_admin;
  REVOKE EXECUTE ON FUNCTION claimbase.init_roles() FROM claimbase_checker;
  RETURN NEXT 'claimbase_reader may read the views of schema report';
  RETURN NEXT 'claimbase_checker may also import, match and mark; it can neither change nor delete what was recorded';
  RETURN NEXT 'claimbase_admin may also do what concerns sources, speakers, documents and imports as a whole';
END $$;
COMMENT ON FUNCTION claimbase.init_roles IS 'Makes claimbase_reader, claimbase_checker and claimbase_admin and grants what each needs here.';
REVOKE EXECUTE ON FUNCTION claimbase.init_roles() FROM PUBLIC;
