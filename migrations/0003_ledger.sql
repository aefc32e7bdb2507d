-- The ledger's rules: which moves a claim may make, what each needs, how an event is hashed, and the one function
-- that writes events. docs/ledger.md says what this proves and what it can not.

INSERT INTO claimbase.status_transition (from_status, to_status, needs_note, needs_evidence) VALUES
  -- who starts with the result need not pass through in_review
  ('unverified',   'in_review',    false, false),
  ('unverified',   'verified',     false, true),
  ('unverified',   'refuted',      false, true),
  ('unverified',   'disputed',     false, false),
  ('unverified',   'unverifiable', false, false),
  ('in_review',    'verified',     false, true),
  ('in_review',    'refuted',      false, true),
  ('in_review',    'disputed',     false, false),
  ('in_review',    'unverifiable', false, false),
  -- a review that is given up puts the claim back into the queue, and says why
  ('in_review',    'unverified',   true,  false),
  -- a verdict is never replaced by another: it is re-opened, with a reason, and judged anew
  ('verified',     'in_review',    true,  false),
  ('refuted',      'in_review',    true,  false),
  ('disputed',     'in_review',    true,  false),
  ('unverifiable', 'in_review',    true,  false);

-- ------------------------------------------------------------------ what else an event tells

-- second_required: the verdict stands only provisionally until somebody else has checked it too.
-- found: what the second checker found; when it is not the verdict, the claim goes back to in_review.
-- about_seq, about_evidence_no: the piece of evidence that is withdrawn.
-- claim_digest: the words that were judged, so that a verdict can not be moved to other words.
-- recorded_by: the database role that wrote it; the actor is whom that role named.
ALTER TABLE claimbase.verification ADD COLUMN second_required boolean NOT NULL DEFAULT false;
ALTER TABLE claimbase.verification ADD COLUMN found text;
ALTER TABLE claimbase.verification ADD COLUMN about_seq bigint;
ALTER TABLE claimbase.verification ADD COLUMN about_evidence_no integer;
ALTER TABLE claimbase.verification ADD COLUMN claim_digest bytea NOT NULL;
ALTER TABLE claimbase.verification ADD COLUMN recorded_by text NOT NULL;
ALTER TABLE claimbase.verification ADD CONSTRAINT verification_found_fk
  FOREIGN KEY (found) REFERENCES claimbase.status;
ALTER TABLE claimbase.verification ADD CONSTRAINT verification_about_fk
  FOREIGN KEY (document_id, about_seq, about_evidence_no) REFERENCES claimbase.evidence
  DEFERRABLE INITIALLY DEFERRED; -- events and evidence point at each other: a restore fills one table after the other
ALTER TABLE claimbase.verification ADD CONSTRAINT verification_withdrawal_names_evidence
  CHECK ((event = 'evidence_withdrawn') = (about_seq IS NOT NULL AND about_evidence_no IS NOT NULL));
ALTER TABLE claimbase.verification ADD CONSTRAINT verification_second_check_found
  CHECK ((event = 'second_check') = (found IS NOT NULL));
ALTER TABLE claimbase.verification ADD CONSTRAINT verification_second_check_moves
  CHECK (event <> 'second_check' OR to_status = CASE WHEN found = from_status THEN from_status ELSE 'in_review' END);

CREATE INDEX document_link_target_url ON claimbase.document_link (target_url) WHERE target_url IS NOT NULL;

-- ------------------------------------------------------------------ hashing

-- One field of what is hashed: its length as eight bytes, high byte first, then its bytes; NULL is the length 2^64-1.
-- The database's encoding is UTF-8 and never changes, so this is immutable.
CREATE FUNCTION claimbase.field(value bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(int8send(octet_length(value)::bigint) || value, '\xffffffffffffffff'::bytea);

CREATE FUNCTION claimbase.field(value text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN claimbase.field(decode(replace(value, '\', '\\'), 'escape'));
COMMENT ON FUNCTION claimbase.field(text) IS 'A text as a field of a hash: length (8 bytes, high first) and bytes; NULL is the length 2^64-1.';

CREATE FUNCTION claimbase.evidence_field(evidence_no integer, kind text, stance text, url text, retrieved_at timestamptz,
  target_document_id uuid, target_claim_no integer, path text, sha256 bytea, note text, circular boolean) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN claimbase.field(evidence_no::text) || claimbase.field(kind) || claimbase.field(stance) || claimbase.field(url)
      || claimbase.field(timestamptz_send(retrieved_at)) || claimbase.field(target_document_id::text)
      || claimbase.field(target_claim_no::text) || claimbase.field(path) || claimbase.field(sha256)
      || claimbase.field(note) || claimbase.field(circular::text);
COMMENT ON FUNCTION claimbase.evidence_field IS 'One row of evidence as bytes; an event''s evidence_digest is the SHA-256 of its rows in order.';

CREATE FUNCTION claimbase.claim_digest(start_offset integer, end_offset integer, quote text, words text) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(claimbase.field(start_offset::text) || claimbase.field(end_offset::text) || claimbase.field(quote)
             || claimbase.field(words));
COMMENT ON FUNCTION claimbase.claim_digest IS 'SHA-256 of the words that a verdict is about, with their place.';

CREATE FUNCTION claimbase.verification_hash(document_id uuid, seq bigint, claim_no integer, event text, from_status text,
  to_status text, actor text, at timestamptz, note text, credibility smallint, circular boolean,
  second_required boolean, found text, about_seq bigint, about_evidence_no integer, claim_digest bytea,
  evidence_digest bytea, recorded_by text, prev_hash bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(claimbase.field('claimbase verification 1') || claimbase.field(document_id::text)
             || claimbase.field(seq::text) || claimbase.field(claim_no::text) || claimbase.field(event)
             || claimbase.field(from_status) || claimbase.field(to_status) || claimbase.field(actor)
             || claimbase.field(timestamptz_send(at)) || claimbase.field(note) || claimbase.field(credibility::text)
             || claimbase.field(circular::text) || claimbase.field(second_required::text) || claimbase.field(found)
             || claimbase.field(about_seq::text) || claimbase.field(about_evidence_no::text)
             || claimbase.field(claim_digest) || claimbase.field(evidence_digest)
             || claimbase.field(recorded_by) || claimbase.field(prev_hash));
COMMENT ON FUNCTION claimbase.verification_hash IS 'SHA-256 over everything in an event and the hash of the event before it.';

ALTER TABLE claimbase.verification ADD CONSTRAINT verification_hash_recomputed CHECK (
  hash = claimbase.verification_hash(document_id, seq, claim_no, event, from_status, to_status, actor, at, note,
    credibility, circular, second_required, found, about_seq, about_evidence_no, claim_digest, evidence_digest,
    recorded_by, prev_hash));

-- ------------------------------------------------------------------ the seal of a document

ALTER TABLE claimbase.document ADD COLUMN seal bytea;
ALTER TABLE claimbase.document ADD CONSTRAINT document_seal_size CHECK (octet_length(seal) = 32);
COMMENT ON COLUMN claimbase.document.seal IS 'SHA-256 over the places of its sentences and claims (db/seal.h): shows when one was moved.';

CREATE FUNCTION claimbase.document_seal(p_document_id uuid) RETURNS bytea
LANGUAGE sql STABLE
RETURN sha256(
  coalesce((SELECT string_agg('S'::bytea || int4send(s.sentence_no) || int4send(s.paragraph_no) || int4send(s.start_offset)
                              || int4send(s.end_offset), ''::bytea ORDER BY s.sentence_no)
              FROM claimbase.sentence s WHERE s.document_id = p_document_id), ''::bytea)
  || coalesce((SELECT string_agg('C'::bytea || int4send(c.claim_no) || int4send(c.sentence_no) || int4send(c.start_offset)
                                 || int4send(c.end_offset) || int4send(coalesce(octet_length(c.text), -1))
                                 || coalesce(decode(replace(c.text, '\', '\\'), 'escape'), ''::bytea), ''::bytea ORDER BY c.claim_no)
                 FROM claimbase.claim c WHERE c.document_id = p_document_id), ''::bytea));
COMMENT ON FUNCTION claimbase.document_seal IS 'The seal that a document should have. What adds sentences or claims to a stored document sets it anew.';

-- ------------------------------------------------------------------ time travel and the present state

CREATE FUNCTION claimbase.as_of() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('claimbase.as_of', true), '')::timestamptz, 'infinity'::timestamptz);
COMMENT ON FUNCTION claimbase.as_of IS 'The moment that the report views show: SET claimbase.as_of = ''2024-05-01''; unset is now.';

CREATE FUNCTION claimbase.document_ref(document_id uuid) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(document_id::text, 8);
COMMENT ON FUNCTION claimbase.document_ref IS 'A document''s id as people read it: 3f2a9b1c.';

CREATE FUNCTION claimbase.current_status(p_document_id uuid, p_claim_no integer, p_as_of timestamptz DEFAULT 'infinity')
RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((SELECT v.to_status FROM claimbase.verification v
                    WHERE v.document_id = p_document_id AND v.claim_no = p_claim_no AND v.at <= p_as_of
                    ORDER BY v.seq DESC LIMIT 1), 'unverified');
COMMENT ON FUNCTION claimbase.current_status IS 'The status of a claim, now or at a moment of the past.';

CREATE VIEW claimbase.claim_status AS
  SELECT c.document_id, c.claim_no, coalesce(v.to_status, 'unverified') AS status, coalesce(v.seq, 0) AS seq,
         v.at, v.actor, v.note, coalesce(v.credibility, 6) AS credibility
    FROM claimbase.claim c
    LEFT JOIN LATERAL (SELECT e.to_status, e.seq, e.at, e.actor, e.note, e.credibility
                         FROM claimbase.verification e
                        WHERE e.document_id = c.document_id AND e.claim_no = c.claim_no
                          AND e.at <= (SELECT claimbase.as_of())
                        ORDER BY e.seq DESC LIMIT 1) v ON true;
COMMENT ON VIEW claimbase.claim_status IS 'Where each claim stands (at claimbase.as_of): the last event, "unverified" and seq 0 when there is none.';

-- ------------------------------------------------------------------ circular evidence

-- The documents that derive from one, through any chain of links, with itself. Copies and revisions are the same
-- article, so they count in both directions. A loop over a frontier, because a recursive query may not cross documents.
CREATE FUNCTION claimbase.document_family(p_document_id uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  family uuid[] := ARRAY[p_document_id];
  frontier uuid[] := family;
  urls text[];
BEGIN
  WHILE cardinality(frontier) > 0 LOOP
    urls := ARRAY(SELECT d.url FROM claimbase.document d WHERE d.document_id = ANY (frontier) AND d.url IS NOT NULL);
    frontier := ARRAY(
      SELECT l.document_id FROM claimbase.document_link l
       WHERE l.target_document_id = ANY (frontier) AND l.withdrawn_at IS NULL
      UNION
      SELECT l.document_id FROM claimbase.document_link l
       WHERE l.target_url = ANY (urls) AND l.withdrawn_at IS NULL
      UNION
      SELECT l.target_document_id FROM claimbase.document_link l
       WHERE l.document_id = ANY (frontier) AND l.kind IN ('republication', 'revision_of')
         AND l.target_document_id IS NOT NULL AND l.withdrawn_at IS NULL
      EXCEPT
      SELECT unnest(family));
    family := family || frontier;
  END LOOP;
  RETURN family;
END $$;

-- The documents that one derives from, with itself.
CREATE FUNCTION claimbase.document_ancestors(p_document_id uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ancestors uuid[] := ARRAY[p_document_id];
  frontier uuid[] := ancestors;
BEGIN
  WHILE cardinality(frontier) > 0 LOOP
    frontier := ARRAY(
      SELECT l.target_document_id FROM claimbase.document_link l
       WHERE l.document_id = ANY (frontier) AND l.target_document_id IS NOT NULL AND l.withdrawn_at IS NULL
      EXCEPT
      SELECT unnest(ancestors));
    ancestors := ancestors || frontier;
  END LOOP;
  RETURN ancestors;
END $$;

-- Why a document proves nothing about a claim of another; NULL: it may. What the checked document was made
-- from (the interview itself) may; what was made from it, and what comes from the same origin, may not.
CREATE FUNCTION claimbase.circular_reason(p_checked uuid, p_evidence uuid) RETURNS text
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
    RETURN pg_catalog.format('it comes from the same origin (%s)', shared);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION claimbase.circular_reason IS 'Why a document is no evidence for a claim of another one; NULL when it may be.';

-- The stored document that a piece of evidence leads to, so that an address or a file does not get round the guard.
CREATE FUNCTION claimbase.evidence_document(p_kind text, p_document_id uuid, p_url text, p_sha256 bytea, p_checked uuid)
RETURNS uuid LANGUAGE sql STABLE
RETURN coalesce(p_document_id,
    (SELECT d.document_id FROM claimbase.document d
      WHERE p_kind = 'url'
        AND d.url IN (p_url, split_part(p_url, '#', 1), rtrim(split_part(p_url, '#', 1), '/'),
                      rtrim(split_part(p_url, '#', 1), '/') || '/')
      ORDER BY d.document_id = p_checked DESC, d.imported_at LIMIT 1),
    (SELECT d.document_id FROM claimbase.document d
      WHERE p_sha256 IS NOT NULL AND d.document_id = p_checked AND p_sha256 IN (d.raw_sha256, d.text_sha256)));

-- ------------------------------------------------------------------ writing

-- Evidence as it is given, [{"kind", "stance", "url", "retrieved_at", "document_id", "claim_no", "path", "sha256", "note"}, …],
-- as rows: its documents found, what is circular marked. Without a stance it says what the new status says.
CREATE FUNCTION claimbase.read_evidence(p_document_id uuid, p_to text, p_evidence jsonb, p_allow_circular boolean)
RETURNS claimbase.evidence[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  items claimbase.evidence[] := '{}';
  item claimbase.evidence;
  given record;
  why text;
BEGIN
  FOR given IN
    SELECT t.no, e.* FROM jsonb_array_elements(coalesce(p_evidence, '[]'::jsonb)) WITH ORDINALITY AS t(value, no),
      jsonb_to_record(t.value) AS e(kind text, stance text, url text, retrieved_at timestamptz, document_id uuid,
        claim_no integer, path text, sha256 text, note text)
     ORDER BY t.no
  LOOP
    item := NULL;
    item.document_id := p_document_id;
    item.evidence_no := given.no;
    item.kind := given.kind;
    item.stance := coalesce(given.stance, CASE WHEN p_to IN ('refuted', 'disputed') THEN 'refutes' ELSE 'supports' END);
    item.url := given.url;
    item.retrieved_at := given.retrieved_at;
    item.path := given.path;
    item.sha256 := decode(given.sha256, 'hex');
    item.note := given.note;
    item.target_claim_no := given.claim_no;
    item.target_document_id := claimbase.evidence_document(item.kind, given.document_id, item.url, item.sha256, p_document_id);
    IF given.document_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM claimbase.document d WHERE d.document_id = given.document_id) THEN
      RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('evidence %s: there is no document %s', given.no, given.document_id);
    ELSIF item.kind = 'claim' AND NOT EXISTS (SELECT FROM claimbase.claim c
              WHERE c.document_id = given.document_id AND c.claim_no = given.claim_no) THEN
      RAISE EXCEPTION USING ERRCODE = 'CB007',
        MESSAGE = format('evidence %s: there is no claim %s', given.no, claimbase.claim_ref(given.document_id, given.claim_no));
    END IF;
    why := CASE WHEN item.stance <> 'context' AND item.target_document_id IS NOT NULL
                THEN claimbase.circular_reason(p_document_id, item.target_document_id) END;
    item.circular := why IS NOT NULL;
    IF item.circular AND NOT p_allow_circular THEN
      RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('evidence %s is circular: %s', given.no, why),
        HINT = 'give other evidence, or record it all the same with --allow-circular';
    END IF;
    items := items || item;
  END LOOP;
  RETURN items;
END $$;

CREATE FUNCTION claimbase.evidence_digest(p_items claimbase.evidence[]) RETURNS bytea
LANGUAGE sql IMMUTABLE
RETURN (SELECT sha256(coalesce(string_agg(claimbase.evidence_field(e.evidence_no, e.kind, e.stance, e.url, e.retrieved_at,
    e.target_document_id, e.target_claim_no, e.path, e.sha256, e.note, e.circular), ''::bytea ORDER BY e.evidence_no), ''::bytea))
  FROM unnest(p_items) e);

-- Refuses what the table of moves does not allow, and says what is missing.
CREATE FUNCTION claimbase.check_transition(p_claim text, p_from text, p_to text, p_note text, p_items claimbase.evidence[])
RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  move claimbase.status_transition;
  wanted text := CASE p_to WHEN 'refuted' THEN 'refutes' ELSE 'supports' END;
BEGIN
  SELECT * INTO move FROM claimbase.status_transition t WHERE t.from_status = p_from AND t.to_status = p_to;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008',
      MESSAGE = format('claim %s is ''%s'' and can not become ''%s''', p_claim, p_from, p_to),
      HINT = 'possible from here: ' || (SELECT string_agg(t.to_status, ', ' ORDER BY t.to_status)
                                          FROM claimbase.status_transition t WHERE t.from_status = p_from);
  ELSIF move.needs_note AND coalesce(p_note, '') = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008',
      MESSAGE = format('claim %s can not go from ''%s'' to ''%s'' without a reason', p_claim, p_from, p_to),
      HINT = 'say why with --note';
  ELSIF move.needs_evidence AND NOT EXISTS (SELECT FROM unnest(p_items) e WHERE e.stance = wanted) THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008',
      MESSAGE = format('claim %s can not be ''%s'' without evidence that %s it', p_claim, p_to, wanted),
      HINT = 'give it with --evidence url:…, doc:…, claim:… or file:…';
  ELSIF p_to = 'disputed' AND coalesce(p_note, '') = ''
        AND NOT EXISTS (SELECT FROM unnest(p_items) e WHERE e.kind = 'claim' AND e.stance = 'refutes') THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008',
      MESSAGE = format('claim %s can not be ''disputed'' without a reason or a claim that contradicts it', p_claim),
      HINT = 'say why with --note, or name the other claim with --evidence claim:…';
  END IF;
END $$;

-- Adds an event to its document's chain. The caller holds the lock on the document.
CREATE FUNCTION claimbase.add_event(p_event claimbase.verification, p_items claimbase.evidence[])
RETURNS claimbase.verification LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  e claimbase.verification := p_event;
  head claimbase.verification;
BEGIN
  SELECT * INTO head FROM claimbase.verification v WHERE v.document_id = e.document_id ORDER BY v.seq DESC LIMIT 1;
  e.seq := coalesce(head.seq, 0) + 1;
  e.prev_seq := head.seq;
  e.prev_hash := head.hash;
  e.at := greatest(clock_timestamp(), head.at);
  e.recorded_by := session_user;
  e.circular := EXISTS (SELECT FROM unnest(p_items) i WHERE i.circular);
  e.evidence_digest := claimbase.evidence_digest(p_items);
  SELECT claimbase.claim_digest(c.start_offset, c.end_offset, c.quote, c.text) INTO e.claim_digest
    FROM claimbase.claim c WHERE c.document_id = e.document_id AND c.claim_no = e.claim_no;
  e.hash := claimbase.verification_hash(e.document_id, e.seq, e.claim_no, e.event, e.from_status, e.to_status, e.actor,
    e.at, e.note, e.credibility, e.circular, e.second_required, e.found, e.about_seq, e.about_evidence_no,
    e.claim_digest, e.evidence_digest, e.recorded_by, e.prev_hash);
  INSERT INTO claimbase.verification SELECT e.*;
  INSERT INTO claimbase.evidence (document_id, seq, evidence_no, kind, stance, url, retrieved_at, target_document_id,
                                  target_claim_no, path, sha256, note, circular)
    SELECT e.document_id, e.seq, i.evidence_no, i.kind, i.stance, i.url, i.retrieved_at, i.target_document_id,
           i.target_claim_no, i.path, i.sha256, i.note, i.circular
      FROM unnest(p_items) i;
  RETURN e;
END $$;

-- Takes the lock that makes people who judge claims of one document take turns, and refuses when the claim is not
-- where the caller saw it: p_expected_seq is the seq of its last event, 0 for none, NULL for whatever it is.
CREATE FUNCTION claimbase.lock_claim(p_document_id uuid, p_claim_no integer, p_expected_seq bigint)
RETURNS claimbase.verification LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  last claimbase.verification;
  claim_id text := claimbase.claim_ref(p_document_id, p_claim_no);
BEGIN
  PERFORM FROM claimbase.document d WHERE d.document_id = p_document_id FOR NO KEY UPDATE;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM claimbase.claim c WHERE c.document_id = p_document_id AND c.claim_no = p_claim_no) THEN
    RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('there is no claim %s', claim_id);
  END IF;
  SELECT * INTO last FROM claimbase.verification v
   WHERE v.document_id = p_document_id AND v.claim_no = p_claim_no ORDER BY v.seq DESC LIMIT 1;
  IF p_expected_seq IS NOT NULL AND p_expected_seq <> coalesce(last.seq, 0) THEN
    RAISE EXCEPTION USING ERRCODE = 'CB009',
      MESSAGE = format('claim %s was changed in the meantime: %s made it ''%s''', claim_id, last.actor, last.to_status),
      DETAIL = coalesce('the note says: ' || nullif(last.note, ''), 'there is no note'),
      HINT = format('look at it with ''claimbase history %s'' and mark it again', claim_id);
  END IF;
  RETURN last;
END $$;

-- The one way a status changes. p_evidence as for read_evidence. Who marks a verdict that stands as what it is
-- already, and is somebody else, has checked it a second time; where a second check was asked for, another finding
-- sends the claim back to in_review.
CREATE FUNCTION claimbase.append_verification(p_document_id uuid, p_claim_no integer, p_to text, p_actor text,
  p_note text DEFAULT NULL, p_credibility integer DEFAULT NULL, p_evidence jsonb DEFAULT '[]',
  p_allow_circular boolean DEFAULT false, p_require_second boolean DEFAULT false, p_expected_seq bigint DEFAULT NULL)
RETURNS claimbase.verification LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  verdicts constant text[] := '{verified,disputed,refuted,unverifiable}';
  last claimbase.verification;
  first_mark claimbase.verification;
  e claimbase.verification;
  items claimbase.evidence[];
  claim_id text := claimbase.claim_ref(p_document_id, p_claim_no);
BEGIN
  IF NOT EXISTS (SELECT FROM claimbase.status s WHERE s.status = p_to) THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('there is no status ''%s''', p_to),
      HINT = 'one of unverified, in_review, verified, disputed, refuted, unverifiable';
  ELSIF coalesce(p_actor, '') = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = 'a verdict needs the name of who gives it', HINT = 'give it with --by';
  ELSIF p_require_second AND p_to <> ALL (verdicts) THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('''%s'' is no verdict that a second person could check', p_to);
  END IF;
  last := claimbase.lock_claim(p_document_id, p_claim_no, p_expected_seq);
  items := claimbase.read_evidence(p_document_id, p_to, p_evidence, p_allow_circular);
  e.document_id := p_document_id;
  e.claim_no := p_claim_no;
  e.event := 'mark';
  e.from_status := coalesce(last.to_status, 'unverified');
  e.to_status := p_to;
  e.actor := p_actor;
  e.note := nullif(p_note, '');
  e.credibility := coalesce(p_credibility, CASE WHEN p_to = last.to_status THEN last.credibility END, 6);
  e.second_required := p_require_second;
  IF e.from_status = ANY (verdicts) AND p_to = ANY (verdicts) THEN
    SELECT * INTO first_mark FROM claimbase.verification v
     WHERE v.document_id = p_document_id AND v.claim_no = p_claim_no AND v.event = 'mark' ORDER BY v.seq DESC LIMIT 1;
    IF p_to = e.from_status AND p_actor = first_mark.actor THEN
      RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('claim %s is ''%s'' already, by the same person', claim_id, p_to),
        HINT = 'a second check takes somebody else; to add evidence, re-open it: mark … in_review --note …';
    ELSIF p_to = e.from_status OR (first_mark.second_required AND p_actor <> first_mark.actor) THEN
      e.event := 'second_check';
      e.found := p_to;
      e.second_required := false;
      IF p_to <> e.from_status THEN
        e.to_status := 'in_review';
        IF e.note IS NULL THEN
          RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('the second check of claim %s disagrees and needs a reason', claim_id),
            HINT = 'say why with --note';
        END IF;
      END IF;
      RETURN claimbase.add_event(e, items);
    END IF;
  ELSIF p_to = e.from_status THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('claim %s is ''%s'' already', claim_id, p_to);
  END IF;
  PERFORM claimbase.check_transition(claim_id, e.from_status, p_to, e.note, items);
  RETURN claimbase.add_event(e, items);
END $$;
COMMENT ON FUNCTION claimbase.append_verification IS 'Records what somebody found about a claim, with evidence: the only way a status changes.';

CREATE FUNCTION claimbase.withdraw_evidence(p_document_id uuid, p_seq bigint, p_evidence_no integer, p_actor text,
  p_note text) RETURNS claimbase.verification LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  about claimbase.verification;
  last claimbase.verification;
  e claimbase.verification;
BEGIN
  SELECT v.* INTO about FROM claimbase.verification v JOIN claimbase.evidence i
      ON i.document_id = v.document_id AND i.seq = v.seq AND i.evidence_no = p_evidence_no
   WHERE v.document_id = p_document_id AND v.seq = p_seq;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('there is no evidence %s.%s', p_seq, p_evidence_no);
  ELSIF coalesce(p_note, '') = '' OR coalesce(p_actor, '') = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = 'evidence is not withdrawn without a name and a reason', HINT = 'give --by and --note';
  END IF;
  last := claimbase.lock_claim(p_document_id, about.claim_no, NULL);
  IF EXISTS (SELECT FROM claimbase.verification v WHERE v.document_id = p_document_id
                AND v.about_seq = p_seq AND v.about_evidence_no = p_evidence_no) THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('evidence %s.%s is withdrawn already', p_seq, p_evidence_no);
  END IF;
  e.document_id := p_document_id;
  e.claim_no := about.claim_no;
  e.event := 'evidence_withdrawn';
  e.from_status := last.to_status;
  e.to_status := last.to_status;
  e.actor := p_actor;
  e.note := p_note;
  e.credibility := last.credibility;
  e.second_required := last.second_required;
  e.about_seq := p_seq;
  e.about_evidence_no := p_evidence_no;
  RETURN claimbase.add_event(e, '{}');
END $$;
COMMENT ON FUNCTION claimbase.withdraw_evidence IS 'Says that a piece of evidence no longer holds. The status stays; the claim shows as needs_review.';

-- ------------------------------------------------------------------ what else happens to what verdicts rest on

CREATE TABLE claimbase.document_event (
  document_id uuid NOT NULL,
  event_no    integer NOT NULL,
  event       text NOT NULL,
  actor       text NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  note        text NOT NULL,
  CONSTRAINT document_event_pk PRIMARY KEY (document_id, event_no),
  CONSTRAINT document_event_document_fk FOREIGN KEY (document_id) REFERENCES claimbase.document,
  CONSTRAINT document_event_known CHECK (event IN ('retracted', 'restored')),
  CONSTRAINT document_event_actor_given CHECK (actor <> ''),
  CONSTRAINT document_event_note_given CHECK (note <> '')
);
COMMENT ON TABLE claimbase.document_event IS 'Retractions by the publisher, and their reversal; the last row counts. The text stays.';

CREATE TABLE claimbase.run_event (
  run_id   bigint NOT NULL,
  event_no integer NOT NULL,
  event    text NOT NULL,
  actor    text NOT NULL,
  at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  note     text,
  CONSTRAINT run_event_pk PRIMARY KEY (run_id, event_no),
  CONSTRAINT run_event_run_fk FOREIGN KEY (run_id) REFERENCES claimbase.import_run,
  CONSTRAINT run_event_known CHECK (event IN ('undone', 'restored')),
  CONSTRAINT run_event_actor_given CHECK (actor <> '')
);
COMMENT ON TABLE claimbase.run_event IS 'Imports that were taken back, and put back; the last row counts. Nothing is deleted.';

CREATE TABLE claimbase.source_change (
  source_id bigint NOT NULL,
  change_no integer NOT NULL,
  field     text NOT NULL,
  old_value text,
  new_value text,
  actor     text NOT NULL,
  at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  note      text,
  CONSTRAINT source_change_pk PRIMARY KEY (source_id, change_no),
  CONSTRAINT source_change_source_fk FOREIGN KEY (source_id) REFERENCES claimbase.source,
  CONSTRAINT source_change_field_known CHECK (field IN ('reliability', 'owner', 'affiliation', 'domain', 'alias')),
  CONSTRAINT source_change_actor_given CHECK (actor <> '')
);
COMMENT ON TABLE claimbase.source_change IS 'What was said about a source when, by whom and why.';

CREATE TABLE claimbase.speaker_change (
  speaker_id bigint NOT NULL,
  change_no  integer NOT NULL,
  change     text NOT NULL,
  other_id   bigint,
  actor      text NOT NULL,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  note       text,
  CONSTRAINT speaker_change_pk PRIMARY KEY (speaker_id, change_no),
  CONSTRAINT speaker_change_speaker_fk FOREIGN KEY (speaker_id) REFERENCES claimbase.speaker,
  CONSTRAINT speaker_change_other_fk FOREIGN KEY (other_id) REFERENCES claimbase.speaker,
  CONSTRAINT speaker_change_known CHECK (change IN ('merged', 'split')),
  CONSTRAINT speaker_change_actor_given CHECK (actor <> '')
);
COMMENT ON TABLE claimbase.speaker_change IS 'Who was taken for whom, and taken apart again.';
