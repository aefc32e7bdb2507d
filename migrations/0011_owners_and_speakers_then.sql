-- Reports of an earlier day (claimbase.as_of) show sources and speakers as they were then: what was said of a source
-- later is taken back, and a merge or split of speakers that came later has not happened.

-- Of today, unless something was changed after the day that is shown: then what it was before the first such change.
CREATE VIEW claimbase.source_then AS
  SELECT s.source_id,
         CASE WHEN r.source_id IS NULL THEN s.reliability ELSE r.old_value END AS reliability,
         CASE WHEN o.source_id IS NULL THEN s.owner ELSE o.old_value END AS owner,
         CASE WHEN a.source_id IS NULL THEN s.affiliation ELSE a.old_value END AS affiliation,
         CASE WHEN d.source_id IS NULL THEN s.domain ELSE d.old_value END AS domain
    FROM claimbase.source s
    LEFT JOIN (SELECT DISTINCT ON (c.source_id) c.source_id, c.old_value FROM claimbase.source_change c
                WHERE c.field = 'reliability' AND c.at > (SELECT claimbase.as_of())
                ORDER BY c.source_id, c.change_no) r ON r.source_id = s.source_id
    LEFT JOIN (SELECT DISTINCT ON (c.source_id) c.source_id, c.old_value FROM claimbase.source_change c
                WHERE c.field = 'owner' AND c.at > (SELECT claimbase.as_of())
                ORDER BY c.source_id, c.change_no) o ON o.source_id = s.source_id
    LEFT JOIN (SELECT DISTINCT ON (c.source_id) c.source_id, c.old_value FROM claimbase.source_change c
                WHERE c.field = 'affiliation' AND c.at > (SELECT claimbase.as_of())
                ORDER BY c.source_id, c.change_no) a ON a.source_id = s.source_id
    LEFT JOIN (SELECT DISTINCT ON (c.source_id) c.source_id, c.old_value FROM claimbase.source_change c
                WHERE c.field = 'domain' AND c.at > (SELECT claimbase.as_of())
                ORDER BY c.source_id, c.change_no) d ON d.source_id = s.source_id;
COMMENT ON VIEW claimbase.source_then IS 'What was known of each source at claimbase.as_of.';

CREATE OR REPLACE VIEW report.sources AS
  SELECT s.name AS source,
         t.reliability, t.owner, t.affiliation, t.domain,
         (SELECT array_agg(a.alias ORDER BY a.alias) FROM claimbase.source_alias a WHERE a.source_id = s.source_id) AS aliases,
         coalesce(n.documents, 0) AS documents, coalesce(n.claims, 0) AS claims, coalesce(n.verified, 0) AS verified,
         coalesce(n.refuted, 0) AS refuted, coalesce(n.disputed, 0) AS disputed, s.source_id
    FROM claimbase.source s
    JOIN claimbase.source_then t ON t.source_id = s.source_id
    LEFT JOIN (SELECT d.source_id, count(DISTINCT d.document_id) AS documents, count(c.claim_no) AS claims,
                      count(*) FILTER (WHERE c.status = 'verified') AS verified,
                      count(*) FILTER (WHERE c.status = 'refuted') AS refuted,
                      count(*) FILTER (WHERE c.status = 'disputed') AS disputed
                 FROM claimbase.shown_document d
                 LEFT JOIN claimbase.claim_status c ON c.document_id = d.document_id
                GROUP BY d.source_id) n ON n.source_id = s.source_id
   WHERE s.created_at <= (SELECT claimbase.as_of());

CREATE OR REPLACE VIEW report.corroboration AS
  SELECT claimbase.claim_ref(g.group_document_id, g.group_claim_no) AS cluster,
         coalesce(min(c.text) FILTER (WHERE c.document_id = g.group_document_id AND c.claim_no = g.group_claim_no),
                  min(c.text)) AS text,
         max(o.origins) AS origins,
         max(o.unknown_origins) AS unknown_origins,
         count(DISTINCT c.document_id) AS documents,
         count(DISTINCT c.source) AS sources,
         count(DISTINCT coalesce(t.owner, s.name)) AS owners,
         min(o.origin_list) AS origin_list,
         array_agg(DISTINCT c.source) AS source_names,
         count(*) FILTER (WHERE c.status = 'verified') AS verified,
         count(*) FILTER (WHERE c.status = 'refuted') AS refuted,
         g.group_document_id AS document_id,
         g.group_claim_no AS claim_no
    FROM claimbase.group_member g
    JOIN claimbase.claim_cluster k ON k.document_id = g.document_id AND k.claim_no = g.claim_no
    JOIN report.claims c ON c.document_id = g.document_id AND c.claim_no = g.claim_no
    JOIN claimbase.source s ON s.name = c.source
    JOIN claimbase.source_then t ON t.source_id = s.source_id
    JOIN claimbase.group_origins o ON o.group_document_id = g.group_document_id AND o.group_claim_no = g.group_claim_no
   GROUP BY g.group_document_id, g.group_claim_no
  HAVING count(*) > 1;

CREATE OR REPLACE VIEW claimbase.group_owners AS
  SELECT e.group_document_id, e.group_claim_no, array_agg(DISTINCT e.owner) AS owner_names,
         claimbase.independent_parts(array_agg(e.origin), array_agg(e.owner), array_agg(e.known)) AS parts
    FROM (SELECT m.group_document_id, m.group_claim_no, coalesce(r.origin, 'document|' || m.document_id::text) AS origin,
                 coalesce(nullif(t.owner, ''), s.name) AS owner, bool_or(coalesce(r.known, false)) AS known
            FROM claimbase.group_member m
            JOIN claimbase.document d ON d.document_id = m.document_id
            JOIN claimbase.source s ON s.source_id = d.source_id
            JOIN claimbase.source_then t ON t.source_id = s.source_id
            LEFT JOIN claimbase.document_origin r ON r.document_id = m.document_id
           GROUP BY 1, 2, 3, 4) e
   GROUP BY e.group_document_id, e.group_claim_no;

-- Whom each speaker was taken for: today as the table says, earlier as the changes up to then say.
CREATE OR REPLACE VIEW claimbase.present_speaker AS
  SELECT s.speaker_id, coalesce(m.speaker_id, s.speaker_id) AS present_id, coalesce(m.name, s.name) AS name,
         coalesce(m.role, s.role) AS role, coalesce(m.kind, s.kind) AS kind
    FROM claimbase.speaker s
    LEFT JOIN claimbase.speaker m
      ON m.speaker_id = CASE WHEN (SELECT claimbase.as_of()) = 'infinity' THEN s.merged_into
                             ELSE (SELECT CASE c.change WHEN 'merged' THEN c.other_id END FROM claimbase.speaker_change c
                                    WHERE c.speaker_id = s.speaker_id AND c.at <= (SELECT claimbase.as_of())
                                    ORDER BY c.change_no DESC LIMIT 1) END;
COMMENT ON VIEW claimbase.present_speaker IS 'Each speaker as whom he was taken for at claimbase.as_of: a merge leads to the one that is left.';

CREATE OR REPLACE FUNCTION claimbase.split_speaker(p_speaker bigint, p_actor text, p_note text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  s claimbase.speaker;
  follower bigint;
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
  -- those who had been merged into him before go with him, which is remembered of each
  FOR follower IN
    SELECT x.speaker_id FROM claimbase.speaker x
     WHERE x.merged_into = s.merged_into AND x.speaker_id IN (
       SELECT f.speaker_id FROM (SELECT DISTINCT ON (c.speaker_id) c.speaker_id, c.other_id FROM claimbase.speaker_change c
                                  WHERE c.change = 'merged' ORDER BY c.speaker_id, c.change_no) f WHERE f.other_id = p_speaker)
  LOOP
    INSERT INTO claimbase.speaker_change (speaker_id, change_no, change, other_id, actor, note)
    SELECT follower, coalesce(max(c.change_no), 0) + 1, 'merged', p_speaker, p_actor, p_note
      FROM claimbase.speaker_change c WHERE c.speaker_id = follower;
    UPDATE claimbase.speaker SET merged_into = p_speaker WHERE speaker_id = follower;
  END LOOP;
END $$;
