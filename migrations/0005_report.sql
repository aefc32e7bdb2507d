-- The schema report: what people read. Views only ever gain columns. All of them show the moment claimbase.as_of()
-- (unset: now), leave out imports that were undone, and count origins, never documents. Point queries stay indexed:
-- "WHERE document_id = …" (and claim_no) reaches the tables' keys through every view that has these columns.

CREATE SCHEMA report;
COMMENT ON SCHEMA report IS 'What claimbase knows, for people and for SQL. Everything else is its own business.';

-- ------------------------------------------------------------------ what is shown at all

-- Runs that were undone at the moment looked at.
CREATE VIEW claimbase.run_undone AS
  SELECT e.run_id
    FROM (SELECT r.run_id, r.event, row_number() OVER (PARTITION BY r.run_id ORDER BY r.event_no DESC) AS place
            FROM claimbase.run_event r WHERE r.at <= (SELECT claimbase.as_of())) e
   WHERE e.place = 1 AND e.event = 'undone';

CREATE VIEW claimbase.shown_document AS
  SELECT d.* FROM claimbase.document d
   WHERE d.imported_at <= (SELECT claimbase.as_of())
     AND d.run_id NOT IN (SELECT u.run_id FROM claimbase.run_undone u);
COMMENT ON VIEW claimbase.shown_document IS 'Documents that were known at claimbase.as_of and whose import was not undone.';

CREATE VIEW claimbase.present_speaker AS
  SELECT s.speaker_id, coalesce(m.speaker_id, s.speaker_id) AS present_id, coalesce(m.name, s.name) AS name,
         coalesce(m.role, s.role) AS role, coalesce(m.kind, s.kind) AS kind
    FROM claimbase.speaker s LEFT JOIN claimbase.speaker m ON m.speaker_id = s.merged_into;
COMMENT ON VIEW claimbase.present_speaker IS 'Each speaker as whom he is taken for today: a merge leads to the one that is left.';

-- What people decided about a pair and what holds of it. Counted from the last row backwards, a decision is one up and
-- an undo one down: the first row at which the sum is one is the decision that no undo takes back.
CREATE VIEW claimbase.match_ruling AS
  SELECT r.document_id, r.claim_no, r.other_document_id, r.other_claim_no, r.decision, r.relation, r.actor, r.at, r.note
    FROM (SELECT b.*, row_number() OVER (PARTITION BY b.document_id, b.claim_no, b.other_document_id, b.other_claim_no
                                             ORDER BY b.decision_no DESC) AS place
            FROM (SELECT d.*, sum(CASE d.decision WHEN 'undo' THEN -1 ELSE 1 END)
                                OVER (PARTITION BY d.document_id, d.claim_no, d.other_document_id, d.other_claim_no
                                          ORDER BY d.decision_no DESC) AS balance
                    FROM claimbase.match_decision d WHERE d.at <= (SELECT claimbase.as_of())) b
           WHERE b.balance = 1 AND b.decision <> 'undo') r
   WHERE r.place = 1;
COMMENT ON VIEW claimbase.match_ruling IS 'The decision of a person that holds for a pair of claims, if there is one.';

-- Pairs that hold: what the program found and nobody rejected, and what a person confirmed.
CREATE VIEW claimbase.present_match AS
  SELECT m.document_id, m.claim_no, m.other_document_id, m.other_claim_no,
         coalesce(r.relation, m.relation) AS relation, m.score, m.reasons, coalesce(r.actor, 'program') AS decided_by,
         coalesce(r.at, m.decided_at) AS decided_at, m.method, m.method_version
    FROM claimbase.claim_match m
    LEFT JOIN claimbase.match_ruling r
      ON r.document_id = m.document_id AND r.claim_no = m.claim_no
     AND r.other_document_id = m.other_document_id AND r.other_claim_no = m.other_claim_no
   WHERE r.decision IS DISTINCT FROM 'reject'
  UNION ALL
  SELECT r.document_id, r.claim_no, r.other_document_id, r.other_claim_no, coalesce(r.relation, 'agrees'), 1::real,
         ARRAY['decided_by_person'], r.actor, r.at, 'person', ''
    FROM claimbase.match_ruling r
    LEFT JOIN claimbase.claim_match m
      ON m.document_id = r.document_id AND m.claim_no = r.claim_no
     AND m.other_document_id = r.other_document_id AND m.other_claim_no = r.other_claim_no
   WHERE r.decision = 'confirm' AND m.document_id IS NULL;

-- ------------------------------------------------------------------ claims and matches

CREATE VIEW report.claims AS
  SELECT claimbase.claim_ref(c.document_id, c.claim_no) AS claim,
         claimbase.document_ref(c.document_id) AS document,
         s.name AS source,
         coalesce(c.text, c.quote) AS text,
         coalesce(p.name, a.name) AS speaker,
         c.kind,
         coalesce(v.to_status, 'unverified') AS status,
         d.published_at AS published,
         d.title,
         d.url,
         d.external_id,
         c.modality,
         p.role AS speaker_role,
         a.via,
         coalesce(v.credibility, 6::smallint) AS credibility,
         v.actor AS decided_by,
         v.at AS decided_at,
         coalesce(v.seq, 0) AS seq,
         c.quote,
         c.start_offset,
         c.end_offset,
         c.sentence_no,
         c.checkworthy,
         claimbase.claim_ref(k.cluster_document_id, k.cluster_claim_no) AS cluster,
         d.run_id AS run,
         d.imported_at AS imported,
         c.document_id,
         c.claim_no
    FROM claimbase.claim c
    JOIN claimbase.shown_document d ON d.document_id = c.document_id
    JOIN claimbase.source s ON s.source_id = d.source_id
    LEFT JOIN claimbase.present_speaker p ON p.speaker_id = c.speaker_id
    LEFT JOIN claimbase.claim_cluster k ON k.document_id = c.document_id AND k.claim_no = c.claim_no
    LEFT JOIN LATERAL (SELECT max(t.name) FILTER (WHERE t.role = 'speaker') AS name,
                              string_agg(t.name, ', ' ORDER BY t.attribution_no) FILTER (WHERE t.role = 'via') AS via
                         FROM claimbase.attribution t
                        WHERE t.document_id = c.document_id AND t.claim_no = c.claim_no) a ON true
    LEFT JOIN LATERAL (SELECT e.to_status, e.credibility, e.actor, e.at, e.seq FROM claimbase.verification e
                        WHERE e.document_id = c.document_id AND e.claim_no = c.claim_no
                          AND e.event <> 'evidence_withdrawn' AND e.at <= (SELECT claimbase.as_of())
                        ORDER BY e.seq DESC LIMIT 1) v ON true;

CREATE VIEW report.matches AS
  SELECT claimbase.claim_ref(m.document_id, m.claim_no) || '~' || claimbase.claim_ref(m.other_document_id, m.other_claim_no) AS match,
         a.claim AS a_claim, a.source AS a_source, a.text AS a_text,
         b.claim AS b_claim, b.source AS b_source, b.text AS b_text,
         m.relation, m.score, m.reasons, m.decided_by,
         a.speaker AS a_speaker, b.speaker AS b_speaker, a.status AS a_status, b.status AS b_status,
         m.decided_at, m.method, m.method_version,
         m.document_id AS a_document_id, m.claim_no AS a_claim_no,
         m.other_document_id AS b_document_id, m.other_claim_no AS b_claim_no
    FROM claimbase.present_match m
    JOIN report.claims a ON a.document_id = m.document_id AND a.claim_no = m.claim_no
    JOIN report.claims b ON b.document_id = m.other_document_id AND b.claim_no = m.other_claim_no;

-- ------------------------------------------------------------------ quantities

CREATE VIEW report.quantities AS
  SELECT claimbase.claim_ref(q.document_id, q.claim_no) AS claim, s.name AS source, q.quantity_no AS quantity, q.kind,
         substr(c.quote, q.start_offset - c.start_offset + 1, q.end_offset - q.start_offset) AS text,
         q.low, q.high, q.unit, q.counted, q.approx, q.period, q.date, q.start_offset, q.end_offset,
         q.document_id, q.claim_no
    FROM claimbase.quantity q
    JOIN claimbase.claim c ON c.document_id = q.document_id AND c.claim_no = q.claim_no
    JOIN claimbase.shown_document d ON d.document_id = q.document_id
    JOIN claimbase.source s ON s.source_id = d.source_id;

-- What a claim counts and measures, in its own words; dates and labels ("Boeing 737") are none of it.
CREATE VIEW claimbase.claim_amounts AS
  SELECT q.document_id, q.claim_no,
         string_agg(substr(c.quote, q.start_offset - c.start_offset + 1, q.end_offset - q.start_offset), '; '
                    ORDER BY q.start_offset) AS amounts
    FROM claimbase.quantity q
    JOIN claimbase.claim c ON c.document_id = q.document_id AND c.claim_no = q.claim_no
   WHERE q.kind IN ('count', 'measure', 'money', 'share')
   GROUP BY q.document_id, q.claim_no;

-- ------------------------------------------------------------------ groups

-- Contradicting pairs, seen from both sides.
CREATE VIEW claimbase.contradiction AS
  SELECT m.document_id, m.claim_no, m.other_document_id, m.other_claim_no
    FROM claimbase.present_match m
    JOIN claimbase.shown_document a ON a.document_id = m.document_id
    JOIN claimbase.shown_document b ON b.document_id = m.other_document_id
   WHERE m.relation = 'contradicts'
  UNION ALL
  SELECT m.other_document_id, m.other_claim_no, m.document_id, m.claim_no
    FROM claimbase.present_match m
    JOIN claimbase.shown_document a ON a.document_id = m.document_id
    JOIN claimbase.shown_document b ON b.document_id = m.other_document_id
   WHERE m.relation = 'contradicts';

-- Claims in groups: those that agree with others, and single ones that others contradict.
CREATE VIEW claimbase.group_member AS
  SELECT x.document_id, x.claim_no, coalesce(k.cluster_document_id, x.document_id) AS group_document_id,
         coalesce(k.cluster_claim_no, x.claim_no) AS group_claim_no
    FROM (SELECT a.document_id, a.claim_no FROM claimbase.claim_cluster a
          UNION
          SELECT c.document_id, c.claim_no FROM claimbase.contradiction c) x
    JOIN claimbase.shown_document d ON d.document_id = x.document_id
    LEFT JOIN claimbase.claim_cluster k ON k.document_id = x.document_id AND k.claim_no = x.claim_no;

-- Origins behind each group. Documents whose lineage nobody recorded stand apart: they prove no independence.
CREATE VIEW claimbase.group_origins AS
  SELECT o.group_document_id, o.group_claim_no, count(*) FILTER (WHERE o.known) AS origins,
         count(*) FILTER (WHERE NOT o.known) AS unknown_origins,
         array_agg(o.origin || ': ' || o.reason ORDER BY o.known DESC, o.origin) AS origin_list
    FROM (SELECT g.group_document_id, g.group_claim_no, coalesce(r.origin, 'document|' || g.document_id::text) AS origin,
                 bool_or(coalesce(r.known, false)) AS known,
                 min(coalesce(r.reason, 'no lineage is recorded')) AS reason
            FROM (SELECT DISTINCT m.group_document_id, m.group_claim_no, m.document_id FROM claimbase.group_member m) g
            LEFT JOIN claimbase.document_origin r ON r.document_id = g.document_id
           GROUP BY 1, 2, 3) o
   GROUP BY o.group_document_id, o.group_claim_no;

CREATE VIEW report.consistency AS
  SELECT claimbase.claim_ref(g.group_document_id, g.group_claim_no) AS cluster,
         count(*) AS claims,
         count(DISTINCT c.document_id) AS documents,
         count(DISTINCT c.source) AS sources,
         max(o.origins) AS origins,
         CASE WHEN max(x.pairs) > 0 THEN 'contradicts' ELSE 'agrees' END AS relation,
         concat_ws(', ', nullif(count(*) FILTER (WHERE c.status = 'verified'), 0) || ' verified',
                         nullif(count(*) FILTER (WHERE c.status = 'refuted'), 0) || ' refuted',
                         nullif(count(*) FILTER (WHERE c.status = 'disputed'), 0) || ' disputed',
                         nullif(count(*) FILTER (WHERE c.status = 'unverifiable'), 0) || ' unverifiable',
                         nullif(count(*) FILTER (WHERE c.status = 'in_review'), 0) || ' in_review',
                         nullif(count(*) FILTER (WHERE c.status = 'unverified'), 0) || ' unverified') AS statuses,
         string_agg(DISTINCT q.amounts, ' | ') AS quantities,
         max(o.unknown_origins) AS unknown_origins,
         coalesce(min(c.text) FILTER (WHERE c.document_id = g.group_document_id AND c.claim_no = g.group_claim_no),
                  min(c.text)) AS text,
         array_agg(DISTINCT c.source) AS source_names,
         array_agg(DISTINCT c.speaker) FILTER (WHERE c.speaker IS NOT NULL) AS speakers,
         coalesce(sum(x.pairs), 0)::bigint AS contradictions,
         array_agg(DISTINCT x.claims) FILTER (WHERE x.claims IS NOT NULL) AS contradicted_by,
         min(c.published) AS first_published,
         max(c.published) AS last_published,
         g.group_document_id AS document_id,
         g.group_claim_no AS claim_no
    FROM claimbase.group_member g
    JOIN report.claims c ON c.document_id = g.document_id AND c.claim_no = g.claim_no
    JOIN claimbase.group_origins o ON o.group_document_id = g.group_document_id AND o.group_claim_no = g.group_claim_no
    LEFT JOIN claimbase.claim_amounts q ON q.document_id = g.document_id AND q.claim_no = g.claim_no
    LEFT JOIN (SELECT k.document_id, k.claim_no, count(*) AS pairs,
                      string_agg(claimbase.claim_ref(k.other_document_id, k.other_claim_no), ', ') AS claims
                 FROM claimbase.contradiction k GROUP BY k.document_id, k.claim_no) x
      ON x.document_id = g.document_id AND x.claim_no = g.claim_no
   GROUP BY g.group_document_id, g.group_claim_no
  HAVING count(*) > 1 OR max(x.pairs) > 0;

CREATE VIEW report.corroboration AS
  SELECT claimbase.claim_ref(g.group_document_id, g.group_claim_no) AS cluster,
         coalesce(min(c.text) FILTER (WHERE c.document_id = g.group_document_id AND c.claim_no = g.group_claim_no),
                  min(c.text)) AS text,
         max(o.origins) AS origins,
         max(o.unknown_origins) AS unknown_origins,
         count(DISTINCT c.document_id) AS documents,
         count(DISTINCT c.source) AS sources,
         count(DISTINCT coalesce(s.owner, s.name)) AS owners,
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
    JOIN claimbase.group_origins o ON o.group_document_id = g.group_document_id AND o.group_claim_no = g.group_claim_no
   GROUP BY g.group_document_id, g.group_claim_no
  HAVING count(*) > 1;

-- Claims that can not both be true, and verdicts that can not both hold.
CREATE VIEW report.conflicts AS
  SELECT m.match,
         CASE WHEN m.relation = 'agrees' THEN 'different_verdicts'
              ELSE coalesce((SELECT t.reason FROM unnest(ARRAY['different_quantity', 'unit_mismatch', 'negated', 'denied', 'antonym',
                               'different_subject', 'swapped_roles', 'different_period', 'estimate_spread', 'rounding'])
                               WITH ORDINALITY AS t(reason, place)
                             WHERE t.reason = ANY (m.reasons) ORDER BY t.place LIMIT 1), 'contradicts') END AS type,
         m.a_claim, m.a_source, m.a_speaker, m.a_text, qa.amounts AS a_quantity, m.a_status,
         m.b_claim, m.b_source, m.b_speaker, m.b_text, qb.amounts AS b_quantity, m.b_status,
         m.score, m.reasons, m.decided_by,
         ca.start_offset AS a_start, ca.end_offset AS a_end, cb.start_offset AS b_start, cb.end_offset AS b_end,
         m.a_document_id, m.a_claim_no, m.b_document_id, m.b_claim_no
    FROM report.matches m
    JOIN claimbase.claim ca ON ca.document_id = m.a_document_id AND ca.claim_no = m.a_claim_no
    JOIN claimbase.claim cb ON cb.document_id = m.b_document_id AND cb.claim_no = m.b_claim_no
    LEFT JOIN claimbase.claim_amounts qa ON qa.document_id = m.a_document_id AND qa.claim_no = m.a_claim_no
    LEFT JOIN claimbase.claim_amounts qb ON qb.document_id = m.b_document_id AND qb.claim_no = m.b_claim_no
   WHERE m.relation = 'contradicts'
      OR (m.relation = 'agrees' AND ((m.a_status = 'verified' AND m.b_status = 'refuted')
                                  OR (m.a_status = 'refuted' AND m.b_status = 'verified')));

CREATE VIEW report.agreement AS
  SELECT p.source, p.other_source, count(*) FILTER (WHERE p.relation = 'agrees') AS agrees,
         count(*) FILTER (WHERE p.relation = 'contradicts') AS contradicts,
         round(count(*) FILTER (WHERE p.relation = 'agrees')::numeric
               / nullif(count(*) FILTER (WHERE p.relation IN ('agrees', 'contradicts')), 0), 2) AS share_agreeing
    FROM (SELECT m.a_source AS source, m.b_source AS other_source, m.relation FROM report.matches m
          UNION ALL
          SELECT m.b_source, m.a_source, m.relation FROM report.matches m WHERE m.a_source <> m.b_source) p
   GROUP BY p.source, p.other_source;

-- ------------------------------------------------------------------ documents, origins, provenance

CREATE VIEW claimbase.retracted_document AS
  SELECT e.document_id, e.at, e.actor, e.note
    FROM (SELECT r.*, row_number() OVER (PARTITION BY r.document_id ORDER BY r.event_no DESC) AS place
            FROM claimbase.document_event r WHERE r.at <= (SELECT claimbase.as_of())) e
   WHERE e.place = 1 AND e.event = 'retracted';

CREATE VIEW report.documents AS
  SELECT claimbase.document_ref(d.document_id) AS document, s.name AS source, d.title, d.byline,
         d.published_at AS published, d.url, d.kind, d.language, coalesce(n.sentences, 0) AS sentences,
         coalesce(c.claims, 0) AS claims, coalesce(o.origins, 0) AS origins, r.at AS retracted, d.external_id,
         d.modified_at AS modified, d.retrieved_at AS retrieved, d.imported_at AS imported, d.run_id AS run,
         d.media_type, char_length(d.text) AS characters, encode(d.text_sha256, 'hex') AS text_sha256, d.document_id
    FROM claimbase.shown_document d
    JOIN claimbase.source s ON s.source_id = d.source_id
    LEFT JOIN LATERAL (SELECT count(*) AS sentences FROM claimbase.sentence x WHERE x.document_id = d.document_id) n ON true
    LEFT JOIN LATERAL (SELECT count(*) AS claims FROM claimbase.claim x WHERE x.document_id = d.document_id) c ON true
    LEFT JOIN LATERAL (SELECT count(*) AS origins FROM claimbase.document_origin x
                        WHERE x.document_id = d.document_id AND x.known) o ON true
    LEFT JOIN claimbase.retracted_document r ON r.document_id = d.document_id;

CREATE VIEW report.origins AS
  SELECT o.origin, claimbase.document_ref(d.document_id) AS document, s.name AS source, d.title, o.known, o.reason,
         count(*) OVER (PARTITION BY o.origin) AS documents, d.published_at AS published, d.url, d.document_id
    FROM claimbase.document_origin o
    JOIN claimbase.shown_document d ON d.document_id = o.document_id
    JOIN claimbase.source s ON s.source_id = d.source_id;

CREATE VIEW report.provenance AS
  SELECT claimbase.document_ref(l.document_id) AS document, s.name AS source, d.title, l.link_no AS link, l.kind,
         coalesce(claimbase.document_ref(l.target_document_id), l.target_name, l.target_url) AS target,
         ts.name AS target_source, t.title AS target_title, l.target_url, l.reason, l.stated_by,
         substr(d.text, l.start_offset + 1, l.end_offset - l.start_offset) AS words, l.origin_key,
         l.created_at AS stated, l.withdrawn_at AS withdrawn, l.withdrawn_by, l.document_id, l.target_document_id
    FROM claimbase.document_link l
    JOIN claimbase.shown_document d ON d.document_id = l.document_id
    JOIN claimbase.source s ON s.source_id = d.source_id
    LEFT JOIN claimbase.document t ON t.document_id = l.target_document_id
    LEFT JOIN claimbase.source ts ON ts.source_id = t.source_id
   WHERE l.created_at <= (SELECT claimbase.as_of());

-- ------------------------------------------------------------------ the ledger

CREATE VIEW report.history AS
  SELECT claimbase.claim_ref(v.document_id, v.claim_no) AS claim, v.seq, v.at, v.actor, v.event, v.from_status,
         v.to_status, v.note, v.credibility,
         (SELECT string_agg(concat_ws(' ', i.evidence_no || ')', i.stance, coalesce(i.url, i.path,
                    claimbase.claim_ref(i.target_document_id, i.target_claim_no), claimbase.document_ref(i.target_document_id)),
                    CASE WHEN i.circular THEN '(circular)' END), '; ' ORDER BY i.evidence_no)
            FROM claimbase.evidence i WHERE i.document_id = v.document_id AND i.seq = v.seq) AS evidence,
         v.circular, v.second_required, v.found, v.about_seq || '.' || v.about_evidence_no AS withdrawn,
         coalesce(c.text, c.quote) AS text, s.name AS source, v.recorded_by, encode(v.hash, 'hex') AS hash,
         encode(v.prev_hash, 'hex') AS prev_hash, v.document_id, v.claim_no
    FROM claimbase.verification v
    JOIN claimbase.claim c ON c.document_id = v.document_id AND c.claim_no = v.claim_no
    JOIN claimbase.document d ON d.document_id = v.document_id
    JOIN claimbase.source s ON s.source_id = d.source_id
   WHERE v.at <= (SELECT claimbase.as_of());

CREATE VIEW report.evidence AS
  SELECT claimbase.claim_ref(v.document_id, v.claim_no) AS claim, v.seq || '.' || i.evidence_no AS evidence, v.to_status AS status,
         i.kind, i.stance, coalesce(i.url, i.path, claimbase.claim_ref(i.target_document_id, i.target_claim_no),
                                    claimbase.document_ref(i.target_document_id)) AS object,
         d.title AS object_title, s.name AS object_source, i.note, i.circular, w.at AS withdrawn, w.note AS withdrawn_because,
         i.retrieved_at AS retrieved, encode(i.sha256, 'hex') AS sha256, v.actor, v.at, i.document_id, v.claim_no, i.seq,
         i.evidence_no, i.target_document_id, i.target_claim_no
    FROM claimbase.evidence i
    JOIN claimbase.verification v ON v.document_id = i.document_id AND v.seq = i.seq
    LEFT JOIN claimbase.verification w ON w.document_id = i.document_id AND w.about_seq = i.seq
          AND w.about_evidence_no = i.evidence_no AND w.at <= (SELECT claimbase.as_of())
    LEFT JOIN claimbase.document d ON d.document_id = i.target_document_id
    LEFT JOIN claimbase.source s ON s.source_id = d.source_id
   WHERE v.at <= (SELECT claimbase.as_of());

CREATE VIEW report.status AS
  SELECT c.source, c.status, count(*) AS claims, count(DISTINCT c.document_id) AS documents,
         count(*) FILTER (WHERE c.credibility < 6) AS with_credibility, max(c.decided_at) AS last_decided
    FROM report.claims c GROUP BY c.source, c.status;

CREATE VIEW report.decisions AS
  SELECT claimbase.claim_ref(d.document_id, d.claim_no) || '~' || claimbase.claim_ref(d.other_document_id, d.other_claim_no) AS match,
         d.decision_no AS decision, d.decision AS what, d.relation, d.actor, d.at, d.note,
         d.document_id AS a_document_id, d.claim_no AS a_claim_no, d.other_document_id AS b_document_id,
         d.other_claim_no AS b_claim_no
    FROM claimbase.match_decision d WHERE d.at <= (SELECT claimbase.as_of());

-- ------------------------------------------------------------------ sources, speakers, imports

CREATE VIEW report.sources AS
  SELECT s.name AS source,
         coalesce((SELECT c.new_value FROM claimbase.source_change c WHERE c.source_id = s.source_id AND c.field = 'reliability'
                      AND c.at <= (SELECT claimbase.as_of()) ORDER BY c.change_no DESC LIMIT 1), s.reliability) AS reliability,
         s.owner, s.affiliation, s.domain,
         (SELECT array_agg(a.alias ORDER BY a.alias) FROM claimbase.source_alias a WHERE a.source_id = s.source_id) AS aliases,
         coalesce(n.documents, 0) AS documents, coalesce(n.claims, 0) AS claims, coalesce(n.verified, 0) AS verified,
         coalesce(n.refuted, 0) AS refuted, coalesce(n.disputed, 0) AS disputed, s.source_id
    FROM claimbase.source s
    LEFT JOIN (SELECT d.source_id, count(DISTINCT d.document_id) AS documents, count(c.claim_no) AS claims,
                      count(*) FILTER (WHERE c.status = 'verified') AS verified,
                      count(*) FILTER (WHERE c.status = 'refuted') AS refuted,
                      count(*) FILTER (WHERE c.status = 'disputed') AS disputed
                 FROM claimbase.shown_document d
                 LEFT JOIN claimbase.claim_status c ON c.document_id = d.document_id
                GROUP BY d.source_id) n ON n.source_id = s.source_id
   WHERE s.created_at <= (SELECT claimbase.as_of());

CREATE VIEW report.speakers AS
  SELECT p.name AS speaker, min(p.role) AS role, min(p.kind) AS kind, count(*) AS claims,
         count(DISTINCT c.document_id) AS documents, count(DISTINCT d.source_id) AS sources,
         (SELECT array_agg(DISTINCT a.alias ORDER BY a.alias) FROM claimbase.speaker_alias a
            JOIN claimbase.present_speaker q ON q.speaker_id = a.speaker_id WHERE q.present_id = p.present_id) AS aliases,
         p.present_id AS speaker_id
    FROM claimbase.claim c
    JOIN claimbase.shown_document d ON d.document_id = c.document_id
    JOIN claimbase.present_speaker p ON p.speaker_id = c.speaker_id
   GROUP BY p.present_id, p.name;

CREATE VIEW report.imports AS
  SELECT r.run_id AS run, r.started_at AS started, r.finished_at - r.started_at AS took, r.state, r.actor, r.kind,
         r.arguments, r.documents_new, r.documents_known, r.sentences, r.claims, r.rejected, r.program_version,
         r.method_version, r.run_id IN (SELECT u.run_id FROM claimbase.run_undone u) AS undone
    FROM claimbase.import_run r WHERE r.started_at <= (SELECT claimbase.as_of());

CREATE VIEW report.rejected AS
  SELECT r.run_id AS run, r.rejected_no AS no, r.file, r.line, r.reason, r.content, r.at
    FROM claimbase.rejected_row r WHERE r.at <= (SELECT claimbase.as_of());

-- ------------------------------------------------------------------ what each means

COMMENT ON VIEW report.claims IS 'Every claim: who says what where, and where its verification stands.';
COMMENT ON VIEW report.matches IS 'Pairs of claims that agree, contradict each other or are related, and why. What a person rejected is left out.';
COMMENT ON VIEW report.quantities IS 'What claims count and measure: bounds, unit, what is counted, for which time.';
COMMENT ON VIEW report.consistency IS 'One row for each group of claims that say the same, or that others contradict: who, from how many origins, checked how far.';
COMMENT ON VIEW report.corroboration IS 'What stands behind the claims that several documents make: origins, not documents, with the reason for each.';
COMMENT ON VIEW report.conflicts IS 'Pairs that can not both be true, with the kind of the contradiction; and verdicts that can not both hold.';
COMMENT ON VIEW report.agreement IS 'How often two sources agree and contradict each other.';
COMMENT ON VIEW report.documents IS 'Every document, with its place of publication and what was found in it.';
COMMENT ON VIEW report.origins IS 'Where the documents come from in the end. Documents of one origin are no independent confirmation.';
COMMENT ON VIEW report.provenance IS 'What each document says, or a person stated, that it derives from, with the words that show it.';
COMMENT ON VIEW report.history IS 'Every event of the ledger: who changed the status of which claim, when, why, with what evidence.';
COMMENT ON VIEW report.evidence IS 'Every piece of evidence that was ever given, withdrawn or not.';
COMMENT ON VIEW report.status IS 'How many claims of each source are in which status.';
COMMENT ON VIEW report.decisions IS 'What people decided about matches, undone or not.';
COMMENT ON VIEW report.sources IS 'Who publishes, how reliable people judged it, and what became of its claims.';
COMMENT ON VIEW report.speakers IS 'Who speaks, in how many claims of how many sources.';
COMMENT ON VIEW report.imports IS 'Every run of import with its counts.';
COMMENT ON VIEW report.rejected IS 'What imports could not take, and why.';

-- Columns. A name means the same in every view ('*'), unless the view says otherwise.
DO $comments$
DECLARE
  col record;
BEGIN
  FOR col IN
    SELECT a.attrelid::regclass AS view, a.attname, t.meaning
      FROM (VALUES
        ('*', 'claim', 'The claim''s id, as all commands take it: 3f2a9b1c.12.'),
        ('*', 'document', 'The document''s id, as all commands take it: 3f2a9b1c.'),
        ('*', 'source', 'Who published it.'),
        ('*', 'text', 'The claim in its document''s own words.'),
        ('*', 'speaker', 'Who says so, by the full name; empty when the document itself does.'),
        ('claims', 'kind', 'direct (in quotation marks), indirect, mixed, or assertion (of the document itself).'),
        ('*', 'status', 'unverified, in_review, verified, disputed, refuted or unverifiable.'),
        ('*', 'published', 'When the document was published; empty when that is not known.'),
        ('*', 'title', 'The document''s title.'),
        ('*', 'url', 'The document''s address.'),
        ('*', 'external_id', 'The id it has in the list it was imported from.'),
        ('*', 'modality', 'stated, denied, hedged, question, opinion or wish.'),
        ('*', 'speaker_role', 'What the speaker is: "head of the department".'),
        ('*', 'via', 'The outlets through which the words came to this document.'),
        ('*', 'credibility', 'Admiralty digit 1 (confirmed) to 5 (improbable); 6 is not judged.'),
        ('claims', 'decided_by', 'Who gave it its status.'),
        ('claims', 'decided_at', 'When it was given its status.'),
        ('*', 'seq', 'The number of the event in the ledger of its document.'),
        ('claims', 'seq', 'The event in the ledger of its document that gave it its status; 0 for none.'),
        ('*', 'quote', 'The stretch of the document that holds the claim, exactly.'),
        ('*', 'start_offset', 'Where it begins in the document, in code points from 0.'),
        ('*', 'end_offset', 'Where it ends, exclusive.'),
        ('*', 'sentence_no', 'The sentence in which it begins, from 1.'),
        ('*', 'checkworthy', '0 to 1: how much it is a statement of fact that can be checked.'),
        ('*', 'cluster', 'The id of the group of claims that say the same (report.consistency); empty when it is alone.'),
        ('*', 'run', 'The import that brought it (report.imports).'),
        ('*', 'imported', 'When it was imported.'),
        ('*', 'document_id', 'The document''s full id; queries by it use an index.'),
        ('*', 'claim_no', 'The claim''s number in its document.'),
        ('*', 'match', 'The pair''s id, as confirm and reject take it.'),
        ('*', 'a_claim', 'The one claim.'), ('*', 'b_claim', 'The other claim.'),
        ('*', 'a_source', 'Who published the one.'), ('*', 'b_source', 'Who published the other.'),
        ('*', 'a_text', 'What the one says.'), ('*', 'b_text', 'What the other says.'),
        ('*', 'a_speaker', 'Who says the one.'), ('*', 'b_speaker', 'Who says the other.'),
        ('*', 'a_status', 'The status of the one.'), ('*', 'b_status', 'The status of the other.'),
        ('*', 'a_quantity', 'What the one counts or measures, in its words.'), ('*', 'b_quantity', 'What the other counts or measures, in its words.'),
        ('*', 'a_start', 'Where the one begins in its document.'), ('*', 'b_start', 'Where the other begins in its document.'),
        ('*', 'a_end', 'Where the one ends, exclusive.'), ('*', 'b_end', 'Where the other ends, exclusive.'),
        ('*', 'a_document_id', 'The full id of the one''s document; queries by it use an index.'),
        ('*', 'b_document_id', 'The full id of the other''s document; queries by it use an index.'),
        ('*', 'a_claim_no', 'The one''s number in its document.'), ('*', 'b_claim_no', 'The other''s number in its document.'),
        ('*', 'relation', 'agrees, contradicts or related.'),
        ('*', 'score', '0 to 1: how alike the two are.'),
        ('*', 'reasons', 'Why: same_quantity, different_quantity, negated, …'),
        ('*', 'decided_by', '"program", or the person who confirmed it.'),
        ('*', 'decided_at', 'When it was found, or confirmed.'),
        ('*', 'method', 'What found it: the name of the method, or "person".'),
        ('*', 'method_version', 'The version of the method.'),
        ('quantities', 'quantity', 'Its number in the claim.'),
        ('quantities', 'kind', 'count, measure, money, share, ordinal, date, duration or label.'),
        ('quantities', 'text', 'The quantity in the claim''s words.'),
        ('*', 'low', 'The lower bound.'), ('*', 'high', 'The upper bound; Infinity for "over 100".'),
        ('*', 'unit', 'The unit, or the currency.'), ('*', 'counted', 'What is counted: "soldiers".'),
        ('*', 'approx', 'almost, about, over, … as the text has it.'), ('*', 'period', 'The time it is for, or a rate: "per day".'),
        ('*', 'date', 'The date it is for, or that it is.'),
        ('*', 'claims', 'How many claims.'), ('*', 'documents', 'How many documents.'), ('*', 'sources', 'How many sources.'),
        ('*', 'sentences', 'How many sentences.'),
        ('*', 'origins', 'How many origins that are known stand behind it: what counts as independent confirmation.'),
        ('*', 'unknown_origins', 'How many of its documents have no recorded lineage: they may or may not be independent.'),
        ('consistency', 'relation', 'agrees: nobody contradicts the claims of the group; contradicts: somebody does.'),
        ('*', 'statuses', 'How many of the claims are in which status.'),
        ('*', 'quantities', 'The quantities that the claims give, in their words.'),
        ('consistency', 'text', 'One of the claims, for all.'), ('corroboration', 'text', 'One of the claims, for all.'),
        ('*', 'source_names', 'The sources.'), ('*', 'speakers', 'Who says so.'),
        ('*', 'contradictions', 'How many pairs of a claim of the group and a contradicting one.'),
        ('*', 'contradicted_by', 'The claims that contradict it.'),
        ('*', 'first_published', 'When it was first published.'), ('*', 'last_published', 'When it was last published.'),
        ('*', 'owners', 'How many different owners the sources have.'),
        ('*', 'origin_list', 'Each origin with the reason why it is one.'),
        ('*', 'verified', 'How many claims are verified.'), ('*', 'refuted', 'How many claims are refuted.'),
        ('*', 'disputed', 'How many claims are disputed.'),
        ('*', 'type', 'different_quantity, negated, antonym, …; different_verdicts: claims that agree, one verified, one refuted.'),
        ('*', 'other_source', 'The other source; the same one: its documents among themselves.'),
        ('*', 'agrees', 'How many pairs of claims agree.'), ('*', 'contradicts', 'How many pairs contradict each other.'),
        ('*', 'share_agreeing', 'Agreeing pairs of all that agree or contradict, 0 to 1.'),
        ('*', 'byline', 'Who wrote it, as printed.'), ('*', 'language', 'Its language (BCP 47).'),
        ('documents', 'kind', 'article, or claim_record: a claim that came in a list.'),
        ('documents', 'text_sha256', 'SHA-256 of its text.'),
        ('documents', 'origins', 'How many known origins it has.'),
        ('documents', 'source', 'Who published it.'),
        ('*', 'retracted', 'When its publisher withdrew it; empty when not.'),
        ('*', 'modified', 'When the publisher last changed it.'), ('*', 'retrieved', 'When it was fetched.'),
        ('*', 'media_type', 'What it was read from: text/html, text/plain, …'), ('*', 'characters', 'Its length in code points.'),
        ('*', 'origin', 'The origin: an interview, an agency''s report, a document, an address.'),
        ('*', 'known', 'Whether its lineage is recorded; if not, it counts as unknown, never as independent.'),
        ('*', 'reason', 'Why.'),
        ('origins', 'documents', 'How many documents come from this origin.'),
        ('*', 'link', 'The link''s number in its document.'),
        ('provenance', 'kind', 'quotation, derived_from, primary_source, republication or revision_of.'),
        ('*', 'target', 'What it derives from: a document''s id, a name or an address.'),
        ('*', 'target_source', 'Who published that.'), ('*', 'target_title', 'Its title.'), ('*', 'target_url', 'Its address.'),
        ('*', 'stated_by', '"program", or the person who stated it.'), ('*', 'words', 'The words that say so.'),
        ('*', 'origin_key', 'By what two documents with one origin meet.'), ('*', 'stated', 'When it was found or stated.'),
        ('provenance', 'withdrawn', 'When it was taken back; empty: it holds.'), ('*', 'withdrawn_by', 'Who took it back.'),
        ('*', 'target_document_id', 'The full id of the document it points at.'), ('*', 'target_claim_no', 'The number of the claim it points at.'),
        ('*', 'at', 'When.'), ('*', 'actor', 'Who did it.'),
        ('*', 'event', 'mark, second_check or evidence_withdrawn.'),
        ('*', 'from_status', 'The status before.'), ('*', 'to_status', 'The status after.'), ('*', 'note', 'What was said about it.'),
        ('history', 'evidence', 'The evidence in short (report.evidence has it in full).'),
        ('evidence', 'evidence', 'Its number: the event''s, a point, its own.'),
        ('*', 'circular', 'Whether evidence descends from the document it is to prove; it does not count.'),
        ('*', 'second_required', 'Whether somebody else has to check it too.'), ('*', 'found', 'What the second checker found.'),
        ('history', 'withdrawn', 'The evidence that this event withdraws.'),
        ('evidence', 'withdrawn', 'When it was withdrawn; empty: it holds.'), ('*', 'withdrawn_because', 'Why it was withdrawn.'),
        ('*', 'recorded_by', 'The database role that wrote the event.'), ('*', 'hash', 'SHA-256 of the event and the hash before.'),
        ('*', 'prev_hash', 'The hash of the event before.'),
        ('evidence', 'status', 'The status that it was given for.'),
        ('evidence', 'kind', 'url, document, claim or file.'), ('*', 'stance', 'supports, refutes or context.'),
        ('*', 'object', 'The address, file, claim or document.'), ('*', 'object_title', 'Its title when it is a stored document.'),
        ('*', 'object_source', 'Its source when it is a stored document.'), ('*', 'sha256', 'SHA-256 of the file.'),
        ('*', 'evidence_no', 'Its number in the event.'),
        ('*', 'with_credibility', 'How many were given a credibility digit.'), ('*', 'last_decided', 'When a status was last given.'),
        ('decisions', 'decision', 'Its number for this pair.'), ('*', 'what', 'confirm, reject or undo.'),
        ('sources', 'source', 'Its name.'), ('*', 'reliability', 'Admiralty letter A (reliable) to E (unreliable); F is not judged.'),
        ('*', 'owner', 'Who owns it.'), ('*', 'affiliation', 'To whom it belongs otherwise.'), ('*', 'domain', 'Its site.'),
        ('*', 'aliases', 'Its other names.'), ('*', 'source_id', 'Its number.'), ('*', 'speaker_id', 'The number of the speaker.'),
        ('speakers', 'speaker', 'The full name.'), ('speakers', 'kind', 'person, organisation, group or unknown.'), ('*', 'role', 'What the speaker is.'),
        ('imports', 'run', 'The run''s number, as undo takes it.'), ('*', 'started', 'When it began.'), ('*', 'took', 'How long it took.'),
        ('*', 'state', 'running (or killed), done, failed or undone.'), ('imports', 'kind', 'What was imported.'),
        ('*', 'arguments', 'The command''s arguments.'), ('*', 'documents_new', 'Documents that were new.'),
        ('*', 'documents_known', 'Documents that were there already.'), ('*', 'rejected', 'Rows and files that were kept apart (report.rejected).'),
        ('*', 'program_version', 'The version of the program.'), ('*', 'undone', 'Whether it was taken back.'),
        ('rejected', 'no', 'Its number in the run.'), ('*', 'file', 'The file.'),
        ('*', 'line', 'The line on which the row began; empty: the whole file.'), ('*', 'content', 'The row itself.'))
        AS t(view_name, column_name, meaning)
      JOIN pg_catalog.pg_class c ON c.relnamespace = 'report'::regnamespace AND t.view_name IN ('*', c.relname)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = t.column_name
     ORDER BY t.view_name = '*' DESC
  LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', col.view, col.attname, col.meaning);
  END LOOP;
END $comments$;
