-- What became doubtful, and what to check next; and the functions by which people say things about sources, speakers,
-- documents and imports. All of them append: nothing that somebody said is lost.

-- ------------------------------------------------------------------ verdicts that lean on what has changed

-- The verdicts that stand, with the event that gave each.
CREATE VIEW claimbase.standing_verdict AS
  SELECT m.document_id, m.claim_no, m.seq, m.at, m.actor, m.to_status AS status, m.second_required, m.circular
    FROM (SELECT DISTINCT ON (v.document_id, v.claim_no) v.document_id, v.claim_no, v.to_status
            FROM claimbase.verification v WHERE v.at <= (SELECT claimbase.as_of())
           ORDER BY v.document_id, v.claim_no, v.seq DESC) l
    JOIN (SELECT DISTINCT ON (v.document_id, v.claim_no) v.*
            FROM claimbase.verification v WHERE v.at <= (SELECT claimbase.as_of()) AND v.event = 'mark'
           ORDER BY v.document_id, v.claim_no, v.seq DESC) m
      ON m.document_id = l.document_id AND m.claim_no = l.claim_no AND m.to_status = l.to_status
   WHERE m.to_status IN ('verified', 'disputed', 'refuted', 'unverifiable');

-- The evidence that they rest on: given with the verdict or later, not withdrawn, more than context.
CREATE VIEW claimbase.standing_evidence AS
  SELECT v.document_id, v.claim_no, v.seq AS verdict_seq, v.at AS verdict_at, i.seq, i.evidence_no, i.kind, i.stance,
         i.target_document_id, i.target_claim_no, i.circular
    FROM claimbase.standing_verdict v
    JOIN claimbase.verification e ON e.document_id = v.document_id AND e.claim_no = v.claim_no AND e.seq >= v.seq
    JOIN claimbase.evidence i ON i.document_id = e.document_id AND i.seq = e.seq
    LEFT JOIN claimbase.verification w ON w.document_id = i.document_id AND w.about_seq = i.seq
          AND w.about_evidence_no = i.evidence_no AND w.at <= (SELECT claimbase.as_of())
   WHERE w.seq IS NULL AND i.stance <> 'context' AND e.at <= (SELECT claimbase.as_of());

CREATE VIEW claimbase.doubt AS
  SELECT v.document_id, v.claim_no, 'evidence_withdrawn' AS reason,
         format('evidence %s.%s was withdrawn by %s: %s', w.about_seq, w.about_evidence_no, w.actor, w.note) AS detail, w.at AS since
    FROM claimbase.standing_verdict v
    JOIN claimbase.verification w ON w.document_id = v.document_id AND w.claim_no = v.claim_no AND w.about_seq >= v.seq
   WHERE w.at <= (SELECT claimbase.as_of())
  UNION ALL
  SELECT v.document_id, v.claim_no, 'second_check_missing', format('%s asked for a second checker', v.actor), v.at
    FROM claimbase.standing_verdict v
    LEFT JOIN claimbase.verification s ON s.document_id = v.document_id AND s.claim_no = v.claim_no AND s.seq > v.seq
          AND s.event = 'second_check' AND s.at <= (SELECT claimbase.as_of())
   WHERE v.second_required AND s.seq IS NULL
  UNION ALL
  SELECT e.document_id, e.claim_no, 'only_circular_evidence', 'all its evidence descends from the document itself', min(e.verdict_at)
    FROM claimbase.standing_evidence e GROUP BY e.document_id, e.claim_no HAVING bool_and(e.circular)
  UNION ALL
  SELECT v.document_id, v.claim_no, 'document_retracted', format('its own document was retracted: %s', r.note), r.at
    FROM claimbase.standing_verdict v JOIN claimbase.retracted_document r ON r.document_id = v.document_id
   WHERE r.at > v.at
  UNION ALL
  SELECT e.document_id, e.claim_no, 'evidence_retracted',
         format('document %s, given as evidence, was retracted: %s', claimbase.document_ref(r.document_id), r.note), r.at
    FROM claimbase.standing_evidence e JOIN claimbase.retracted_document r ON r.document_id = e.target_document_id
  UNION ALL
  SELECT e.document_id, e.claim_no, 'source_downgraded',
         format('%s, the source of evidence %s.%s, went from %s to %s', s.name, e.seq, e.evidence_no, c.old_value, c.new_value), c.at
    FROM claimbase.standing_evidence e
    JOIN claimbase.document d ON d.document_id = e.target_document_id
    JOIN claimbase.source s ON s.source_id = d.source_id
    JOIN claimbase.source_change c ON c.source_id = d.source_id AND c.field = 'reliability' AND c.at > e.verdict_at
   WHERE c.new_value > c.old_value AND c.at <= (SELECT claimbase.as_of())
  UNION ALL
  SELECT e.document_id, e.claim_no, 'import_undone',
         format('import %s, which brought evidence %s.%s, was undone', d.run_id, e.seq, e.evidence_no), NULL::timestamptz
    FROM claimbase.standing_evidence e
    JOIN claimbase.document d ON d.document_id = e.target_document_id
    JOIN claimbase.run_undone u ON u.run_id = d.run_id
  UNION ALL
  SELECT e.document_id, e.claim_no, 'match_undone',
         format('its match with %s, given as evidence, was undone', claimbase.claim_ref(e.target_document_id, e.target_claim_no)), x.at
    FROM claimbase.standing_evidence e
    JOIN (SELECT d.document_id, d.claim_no, d.other_document_id, d.other_claim_no, max(d.at) AS at
            FROM claimbase.match_decision d WHERE d.decision IN ('reject', 'undo') AND d.at <= (SELECT claimbase.as_of())
           GROUP BY 1, 2, 3, 4) x
      ON ((x.document_id, x.claim_no, x.other_document_id, x.other_claim_no)
            = (e.document_id, e.claim_no, e.target_document_id, e.target_claim_no)
       OR (x.document_id, x.claim_no, x.other_document_id, x.other_claim_no)
            = (e.target_document_id, e.target_claim_no, e.document_id, e.claim_no)) AND x.at > e.verdict_at
    LEFT JOIN claimbase.present_match p
      ON p.document_id = x.document_id AND p.claim_no = x.claim_no
     AND p.other_document_id = x.other_document_id AND p.other_claim_no = x.other_claim_no
   WHERE e.kind = 'claim' AND p.document_id IS NULL
  UNION ALL
  SELECT e.document_id, e.claim_no, 'evidence_refuted',
         format('claim %s, given as evidence, is %s', claimbase.claim_ref(o.document_id, o.claim_no), o.status), o.at
    FROM claimbase.standing_evidence e
    JOIN claimbase.standing_verdict o ON o.document_id = e.target_document_id AND o.claim_no = e.target_claim_no
   WHERE e.kind = 'claim' AND o.status IN ('refuted', 'disputed')
  UNION ALL
  SELECT v.document_id, v.claim_no, 'same_claim_otherwise',
         format('claim %s says the same and is %s', claimbase.claim_ref(o.document_id, o.claim_no), o.status), greatest(v.at, o.at)
    FROM claimbase.standing_verdict v
    JOIN claimbase.claim_cluster k ON k.document_id = v.document_id AND k.claim_no = v.claim_no
    JOIN claimbase.claim_cluster n ON n.cluster_document_id = k.cluster_document_id AND n.cluster_claim_no = k.cluster_claim_no
    JOIN claimbase.standing_verdict o ON o.document_id = n.document_id AND o.claim_no = n.claim_no
   WHERE (v.status, o.status) IN (('verified', 'refuted'), ('refuted', 'verified'));

CREATE VIEW report.needs_review AS
  SELECT c.claim, c.status, n.reason, n.detail, n.since, c.decided_by, c.source, c.text, n.document_id, n.claim_no
    FROM claimbase.doubt n
    JOIN report.claims c ON c.document_id = n.document_id AND c.claim_no = n.claim_no;
COMMENT ON VIEW report.needs_review IS 'Verdicts that rest on something that no longer holds, one row a reason. The verdicts stay until somebody re-opens them.';

-- ------------------------------------------------------------------ what to check next

CREATE VIEW report.queue AS
  SELECT round((CASE WHEN x.doubts > 0 THEN 4 ELSE 0 END + CASE WHEN x.contradictions > 0 THEN 3 ELSE 0 END
                + least(coalesce(x.sources, 1) - 1, 5) + CASE WHEN x.sources > 1 AND x.origins <= 1 THEN 1 ELSE 0 END
                + CASE WHEN x.status = 'in_review' THEN 1 ELSE 0 END + x.checkworthy)::numeric, 2) AS priority,
         x.claim, x.source, x.speaker, x.text, x.status,
         array_remove(ARRAY[
           CASE WHEN x.doubts > 0 THEN 'needs_review' END,
           CASE WHEN x.contradictions > 0 THEN 'contradicted' END,
           CASE WHEN x.sources > 1 THEN 'repeated by ' || x.sources || ' sources' END,
           CASE WHEN x.sources > 1 AND x.origins = 1 THEN 'single origin' END,
           CASE WHEN x.sources > 1 AND x.origins = 0 THEN 'origin unknown' END,
           CASE WHEN x.status = 'in_review' THEN 'in review' END,
           CASE WHEN x.checkworthy >= 0.6 THEN 'checkable' END], NULL) AS reasons,
         coalesce(x.sources, 1) AS sources, coalesce(x.origins, 0) AS origins, x.checkworthy, x.published,
         x.document_id, x.claim_no
    FROM (SELECT c.*, g.sources, g.origins, g.contradictions, coalesce(n.doubts, 0) AS doubts
            FROM report.claims c
            LEFT JOIN claimbase.group_member m ON m.document_id = c.document_id AND m.claim_no = c.claim_no
            LEFT JOIN report.consistency g ON g.document_id = m.group_document_id AND g.claim_no = m.group_claim_no
            LEFT JOIN (SELECT d.document_id, d.claim_no, count(*) AS doubts FROM claimbase.doubt d GROUP BY 1, 2) n
              ON n.document_id = c.document_id AND n.claim_no = c.claim_no) x
   WHERE x.doubts > 0
      OR (x.status IN ('unverified', 'in_review')
          AND (x.status = 'in_review' OR x.contradictions > 0 OR x.sources > 1 OR x.checkworthy >= 0.6));
COMMENT ON VIEW report.queue IS 'What to check next: doubtful verdicts, contradicted claims, what many repeat, what can be checked well. The greatest priority first.';

DO $comments$
DECLARE
  col record;
BEGIN
  FOR col IN
    SELECT c.oid::regclass AS view, t.column_name, t.meaning
      FROM (VALUES
        ('needs_review', 'claim', 'The claim with the doubtful verdict.'), ('needs_review', 'status', 'The verdict.'),
        ('needs_review', 'reason', 'evidence_withdrawn, evidence_retracted, document_retracted, source_downgraded, import_undone, match_undone, evidence_refuted, same_claim_otherwise, only_circular_evidence or second_check_missing.'),
        ('needs_review', 'detail', 'The same for people, with names.'), ('needs_review', 'since', 'Since when; empty when that is not recorded.'),
        ('needs_review', 'decided_by', 'Who gave the verdict.'), ('needs_review', 'source', 'Who published the claim.'),
        ('needs_review', 'text', 'The claim in its document''s own words.'),
        ('needs_review', 'document_id', 'The document''s full id.'), ('needs_review', 'claim_no', 'The claim''s number in its document.'),
        ('queue', 'priority', 'The sum of what speaks for it: doubt 4, contradiction 3, each further source 1 (up to 5), a single origin 1, a review that was begun 1, checkworthy.'),
        ('queue', 'claim', 'The claim.'), ('queue', 'source', 'Who published it.'), ('queue', 'speaker', 'Who says so.'),
        ('queue', 'text', 'The claim in its document''s own words.'), ('queue', 'status', 'Its status.'),
        ('queue', 'reasons', 'What speaks for checking it.'), ('queue', 'sources', 'How many sources make the claim.'),
        ('queue', 'origins', 'How many known origins stand behind it.'), ('queue', 'checkworthy', '0 to 1: how much it is a statement of fact.'),
        ('queue', 'published', 'When it was published.'), ('queue', 'document_id', 'The document''s full id.'),
        ('queue', 'claim_no', 'The claim''s number in its document.'))
        AS t(view_name, column_name, meaning)
      JOIN pg_catalog.pg_class c ON c.relnamespace = 'report'::regnamespace AND c.relname = t.view_name
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', col.view, col.column_name, col.meaning);
  END LOOP;
END $comments$;

-- ------------------------------------------------------------------ the log under the checkpoints

-- What checkpoints cover, in the order in which it was first covered: documents, and heads of chains. It only grows, so
-- the log of an earlier checkpoint is the beginning of the log of a later one (RFC 6962).
CREATE TABLE claimbase.log_leaf (
  leaf_no   bigint NOT NULL,
  subject   uuid NOT NULL,
  seq       bigint,
  leaf_hash bytea NOT NULL,
  CONSTRAINT log_leaf_pk PRIMARY KEY (leaf_no),
  CONSTRAINT log_leaf_hash_size CHECK (octet_length(leaf_hash) = 32),
  CONSTRAINT log_leaf_numbers CHECK (leaf_no >= 0 AND seq > 0)
);
COMMENT ON TABLE claimbase.log_leaf IS 'What checkpoints cover: a document (seq NULL: its text and seal), or the head of its chain at that seq.';
CREATE INDEX log_leaf_subject ON claimbase.log_leaf (subject, seq);

CREATE FUNCTION claimbase.document_leaf(document_id uuid, text_sha256 bytea, seal bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256('\x00'::bytea || claimbase.field('document') || claimbase.field(document_id::text) || claimbase.field(text_sha256)
              || claimbase.field(seal));
CREATE FUNCTION claimbase.head_leaf(document_id uuid, seq bigint, hash bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256('\x00'::bytea || claimbase.field('head') || claimbase.field(document_id::text) || claimbase.field(seq::text)
              || claimbase.field(hash));

-- Adds what came since the last checkpoint; two at once take turns.
CREATE FUNCTION claimbase.extend_log() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  size bigint;
BEGIN
  LOCK TABLE claimbase.log_leaf IN SHARE ROW EXCLUSIVE MODE;
  SELECT coalesce(max(l.leaf_no) + 1, 0) INTO size FROM claimbase.log_leaf l;
  INSERT INTO claimbase.log_leaf (leaf_no, subject, seq, leaf_hash)
  SELECT size - 1 + row_number() OVER (ORDER BY n.document_id, n.seq NULLS FIRST), n.document_id, n.seq, n.leaf_hash
    FROM (SELECT d.document_id, NULL::bigint AS seq, claimbase.document_leaf(d.document_id, d.text_sha256, d.seal) AS leaf_hash
            FROM claimbase.document d
            LEFT JOIN claimbase.log_leaf l ON l.subject = d.document_id AND l.seq IS NULL
           WHERE l.leaf_no IS NULL
          UNION ALL
          SELECT h.document_id, h.seq, claimbase.head_leaf(h.document_id, h.seq, h.hash)
            FROM (SELECT DISTINCT ON (v.document_id) v.document_id, v.seq, v.hash
                    FROM claimbase.verification v ORDER BY v.document_id, v.seq DESC) h
            LEFT JOIN claimbase.log_leaf l ON l.subject = h.document_id AND l.seq = h.seq
           WHERE l.leaf_no IS NULL) n;
  SELECT coalesce(max(l.leaf_no) + 1, 0) INTO size FROM claimbase.log_leaf l;
  RETURN size;
END $$;
COMMENT ON FUNCTION claimbase.extend_log IS 'Puts documents and chain heads that no checkpoint covers yet into the log; its size.';

CREATE FUNCTION claimbase.record_checkpoint(p_chains bigint, p_events bigint, p_root bytea, p_note text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO claimbase.checkpoint (chains, events, root, note) VALUES (p_chains, p_events, p_root, p_note)
  RETURNING checkpoint_id
$$;

-- ------------------------------------------------------------------ what people say about sources, speakers, documents, imports

CREATE FUNCTION claimbase.find_source(p_name text) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found_id bigint;
BEGIN
  SELECT s.source_id INTO found_id FROM claimbase.source s WHERE s.name = p_name;
  IF found_id IS NULL THEN
    SELECT a.source_id INTO found_id FROM claimbase.source_alias a WHERE a.alias = p_name;
  END IF;
  IF found_id IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('there is no source ''%s''', p_name),
      HINT = 'claimbase list sources';
  END IF;
  RETURN found_id;
END $$;

-- Sets one thing about a source and remembers what it was. NULL unsets an owner, an affiliation or a domain.
CREATE FUNCTION claimbase.change_source(p_name text, p_field text, p_value text, p_actor text, p_note text DEFAULT NULL)
RETURNS claimbase.source_change LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s claimbase.source;
  c claimbase.source_change;
BEGIN
  SELECT * INTO s FROM claimbase.source x WHERE x.source_id = claimbase.find_source(p_name) FOR UPDATE;
  c.source_id := s.source_id;
  c.field := p_field;
  c.new_value := p_value;
  c.old_value := CASE p_field WHEN 'reliability' THEN s.reliability WHEN 'owner' THEN s.owner
                              WHEN 'affiliation' THEN s.affiliation WHEN 'domain' THEN s.domain END;
  c.actor := p_actor;
  c.at := clock_timestamp();
  c.note := p_note;
  SELECT coalesce(max(x.change_no), 0) + 1 INTO c.change_no FROM claimbase.source_change x WHERE x.source_id = s.source_id;
  IF p_field = 'reliability' THEN
    IF p_value IS NULL OR p_value !~ '^[A-F]$' THEN
      RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = 'reliability is a letter from A (reliable) to E, or F for not judged';
    END IF;
    UPDATE claimbase.source SET reliability = p_value WHERE source_id = s.source_id;
  ELSIF p_field = 'owner' THEN
    UPDATE claimbase.source SET owner = p_value WHERE source_id = s.source_id;
  ELSIF p_field = 'affiliation' THEN
    UPDATE claimbase.source SET affiliation = p_value WHERE source_id = s.source_id;
  ELSIF p_field = 'domain' THEN
    UPDATE claimbase.source SET domain = p_value WHERE source_id = s.source_id;
  ELSIF p_field = 'alias' THEN
    IF EXISTS (SELECT FROM claimbase.source x WHERE x.name = p_value)
       OR EXISTS (SELECT FROM claimbase.source_alias x WHERE x.alias = p_value) THEN
      RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('''%s'' is the name of a source already', p_value);
    END IF;
    INSERT INTO claimbase.source_alias (alias, source_id) VALUES (p_value, s.source_id);
  END IF;
  INSERT INTO claimbase.source_change SELECT c.*;
  RETURN c;
END $$;
COMMENT ON FUNCTION claimbase.change_source IS 'Sets the reliability, owner, affiliation, domain or an alias of a source, with history.';

-- One speaker is another. Those who were taken for the first go with it, and come back with it at a split.
CREATE FUNCTION claimbase.merge_speakers(p_speaker bigint, p_into bigint, p_actor text, p_note text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  target bigint;
  moved bigint;
BEGIN
  PERFORM FROM claimbase.speaker s WHERE s.speaker_id IN (p_speaker, p_into) ORDER BY s.speaker_id FOR UPDATE;
  SELECT coalesce(s.merged_into, s.speaker_id) INTO target FROM claimbase.speaker s WHERE s.speaker_id = p_into;
  IF target IS NULL OR NOT EXISTS (SELECT FROM claimbase.speaker s WHERE s.speaker_id = p_speaker) THEN
    RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('there is no speaker %s or %s', p_speaker, p_into), HINT = 'claimbase list speakers';
  ELSIF target = p_speaker OR EXISTS (SELECT FROM claimbase.speaker s WHERE s.speaker_id = p_speaker AND s.merged_into = target) THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('speakers %s and %s are one already', p_speaker, p_into);
  END IF;
  FOR moved IN SELECT s.speaker_id FROM claimbase.speaker s WHERE s.speaker_id = p_speaker OR s.merged_into = p_speaker LOOP
    INSERT INTO claimbase.speaker_change (speaker_id, change_no, change, other_id, actor, note)
    SELECT moved, coalesce(max(c.change_no), 0) + 1, 'merged', target, p_actor, p_note
      FROM claimbase.speaker_change c WHERE c.speaker_id = moved;
    UPDATE claimbase.speaker SET merged_into = target WHERE speaker_id = moved;
  END LOOP;
END $$;

-- Takes a speaker apart from whom he was merged into; his own names and claims were never lost.
CREATE FUNCTION claimbase.split_speaker(p_speaker bigint, p_actor text, p_note text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s claimbase.speaker;
BEGIN
  SELECT * INTO s FROM claimbase.speaker x WHERE x.speaker_id = p_speaker FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('there is no speaker %s', p_speaker), HINT = 'claimbase list speakers';
  ELSIF s.merged_into IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('speaker %s (%s) is merged into nobody', p_speaker, s.name);
  END IF;
  INSERT INTO claimbase.speaker_change (speaker_id, change_no, change, other_id, actor, note)
  SELECT p_speaker, coalesce(max(c.change_no), 0) + 1, 'split', s.merged_into, p_actor, p_note
    FROM claimbase.speaker_change c WHERE c.speaker_id = p_speaker;
  UPDATE claimbase.speaker SET merged_into = NULL WHERE speaker_id = p_speaker;
  -- those who had been merged into him before go with him
  UPDATE claimbase.speaker SET merged_into = p_speaker
   WHERE merged_into = s.merged_into AND speaker_id IN (
     SELECT f.speaker_id FROM (SELECT DISTINCT ON (c.speaker_id) c.speaker_id, c.other_id FROM claimbase.speaker_change c
                                WHERE c.change = 'merged' ORDER BY c.speaker_id, c.change_no) f WHERE f.other_id = p_speaker);
END $$;

CREATE FUNCTION claimbase.retract_document(p_document_id uuid, p_event text, p_actor text, p_note text)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  last text;
  no integer;
BEGIN
  PERFORM FROM claimbase.document d WHERE d.document_id = p_document_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('there is no document %s', p_document_id);
  ELSIF coalesce(p_note, '') = '' THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = 'a document is not retracted without a reason', HINT = 'say why with --note';
  END IF;
  SELECT e.event, e.event_no INTO last, no FROM claimbase.document_event e
   WHERE e.document_id = p_document_id ORDER BY e.event_no DESC LIMIT 1;
  IF coalesce(last, 'restored') = p_event THEN
    RAISE EXCEPTION USING ERRCODE = 'CB008', MESSAGE = format('document %s is %s already', claimbase.document_ref(p_document_id),
      CASE p_event WHEN 'retracted' THEN 'retracted' ELSE 'not retracted' END);
  END IF;
  no := coalesce(no, 0) + 1;
  INSERT INTO claimbase.document_event (document_id, event_no, event, actor, note) VALUES (p_document_id, no, p_event, p_actor, p_note);
  RETURN no;
END $$;

-- Takes an import back; once more puts it back. Nothing is deleted: the reports leave it out, the verdicts stay.
CREATE FUNCTION claimbase.undo_run(p_run_id bigint, p_actor text, p_note text DEFAULT NULL)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r claimbase.import_run;
  next_event text;
BEGIN
  SELECT * INTO r FROM claimbase.import_run x WHERE x.run_id = p_run_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'CB007', MESSAGE = format('there is no import %s', p_run_id), HINT = 'claimbase list imports';
  END IF;
  next_event := CASE r.state WHEN 'undone' THEN 'restored' ELSE 'undone' END;
  INSERT INTO claimbase.run_event (run_id, event_no, event, actor, note)
  SELECT p_run_id, coalesce(max(e.event_no), 0) + 1, next_event, p_actor, p_note
    FROM claimbase.run_event e WHERE e.run_id = p_run_id;
  UPDATE claimbase.import_run
     SET state = CASE WHEN next_event = 'undone' THEN 'undone' WHEN r.finished_at IS NULL THEN 'failed' ELSE 'done' END
   WHERE run_id = p_run_id;
  RETURN next_event;
END $$;
COMMENT ON FUNCTION claimbase.undo_run IS 'Takes an import back, or puts it back when it was taken back: "undone" or "restored".';

REVOKE EXECUTE ON FUNCTION claimbase.extend_log(), claimbase.record_checkpoint(bigint, bigint, bytea, text),
  claimbase.change_source(text, text, text, text, text), claimbase.merge_speakers(bigint, bigint, text, text),
  claimbase.split_speaker(bigint, text, text), claimbase.retract_document(uuid, text, text, text),
  claimbase.undo_run(bigint, text, text) FROM PUBLIC;
