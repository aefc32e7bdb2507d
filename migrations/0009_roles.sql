-- Three roles, of the whole server, not of this database: who reads reports, who checks, who administers. They are made
-- on request ('claimbase db init-roles'), because a migration has no business with the roles of a shared server.

-- What writes past the caller's privileges is for those who were given it.
REVOKE EXECUTE ON FUNCTION claimbase.append_verification(uuid, integer, text, text, text, integer, jsonb, boolean, boolean, bigint) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION claimbase.withdraw_evidence(uuid, bigint, integer, text, text) FROM PUBLIC;

-- ------------------------------------------------------------------ what a checker may fill in

-- What a checker needs to import and match, and no more. Statements that fill in what is still empty need UPDATE, which a
-- checker does not have: they are functions here, and can fill in nothing else.

-- A name that another program added at the same moment comes back; a domain that nobody told is filled in.
CREATE FUNCTION claimbase.add_source(p_name text, p_domain text, OUT source_id bigint, OUT name text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO claimbase.source AS s (name, domain) VALUES (p_name, p_domain)
  ON CONFLICT (name) DO UPDATE SET domain = coalesce(s.domain, excluded.domain)
  RETURNING s.source_id, s.name
$$;

-- The first document that tells a role or a kind gives it; the name stays as it was first met.
CREATE FUNCTION claimbase.add_speakers(p_keys text[], p_names text[], p_roles text[], p_kinds text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO claimbase.speaker AS s (key, name, role, kind)
  SELECT n.key, n.name, n.role, n.kind
    FROM unnest(p_keys, p_names, p_roles, p_kinds) AS n (key, name, role, kind)
   ORDER BY n.key
  ON CONFLICT (key) DO UPDATE
  SET role = coalesce(s.role, excluded.role), kind = CASE s.kind WHEN 'unknown' THEN excluded.kind ELSE s.kind END
  WHERE (s.role IS NULL AND excluded.role IS NOT NULL) OR (s.kind = 'unknown' AND excluded.kind <> 'unknown')
$$;

-- A text that was stored bare has been read now. What was known of it stays.
CREATE FUNCTION claimbase.complete_document(p_document_id uuid, p_title text, p_byline text, p_language text,
  p_method_version text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE claimbase.document
     SET title = coalesce(title, p_title), byline = coalesce(byline, p_byline), language = coalesce(language, p_language),
         method_version = p_method_version, seal = claimbase.document_seal(document_id)
   WHERE document_id = p_document_id AND method_version = 'none'
$$;

CREATE FUNCTION claimbase.set_claim_speaker(p_document_id uuid, p_claim_no integer, p_speaker_id bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE claimbase.claim SET speaker_id = p_speaker_id
   WHERE document_id = p_document_id AND claim_no = p_claim_no AND speaker_id IS NULL
$$;

REVOKE EXECUTE ON FUNCTION claimbase.add_source(text, text), claimbase.add_speakers(text[], text[], text[], text[]),
  claimbase.complete_document(uuid, text, text, text, text), claimbase.set_claim_speaker(uuid, integer, bigint) FROM PUBLIC;

-- Makes the roles that are missing, as far as the caller may, and grants each what it needs in this database. Safe to
-- repeat: after an upgrade it grants what is new. Returns what it did, one line each.
CREATE FUNCTION claimbase.init_roles() RETURNS SETOF text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  role text;
  may_create boolean;
  -- made anew at any time from the rest: who matches may rewrite them
  derived constant text[] := '{claim_match,claim_cluster,document_origin,claim_terms,term_index,term_block,document_sketch,document_likeness,indexed_run,match_due}';
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
  REVOKE EXECUTE ON FUNCTION claimbase.init_roles(), claimbase.change_source(text, text, text, text, text),
    claimbase.merge_speakers(bigint, bigint, text, text), claimbase.split_speaker(bigint, text, text),
    claimbase.retract_document(uuid, text, text, text), claimbase.undo_run(bigint, text, text) FROM claimbase_checker;
  RETURN NEXT 'claimbase_reader may read the views of schema report';
  RETURN NEXT 'claimbase_checker may also import, match and mark; it can neither change nor delete what was recorded';
  RETURN NEXT 'claimbase_admin may also do what concerns sources, speakers, documents and imports as a whole';
END $$;
COMMENT ON FUNCTION claimbase.init_roles IS 'Makes claimbase_reader, claimbase_checker and claimbase_admin and grants what each needs here.';
REVOKE EXECUTE ON FUNCTION claimbase.init_roles() FROM PUBLIC;
