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
                          AND e.at <= (SELECT claimbase.as_of())
                        ORDER BY e.seq DESC LIMIT 1) v ON true;
COMMENT ON VIEW report.claims IS 'Every claim: who says what where, and where its verification stands.';
COMMENT ON COLUMN report.claims.claim IS 'The claim''s id, as all commands take it: 3f2a9b1c.12.';
COMMENT ON COLUMN report.claims.document IS 'The id of the document that makes the claim.';
COMMENT ON COLUMN report.claims.source IS 'Who published the document.';
COMMENT ON COLUMN report.claims.text IS 'The claim in the document''s own words.';
COMMENT ON COLUMN report.claims.speaker IS 'Who says so, by his full name; empty when the document itself does.';
COMMENT ON COLUMN report.claims.kind IS 'direct (in quotation marks), indirect, mixed, or assertion (of the document itself).';
COMMENT ON COLUMN report.claims.status IS 'unverified, in_review, verified, disputed, refuted or unverifiable.';
COMMENT ON COLUMN report.claims.published IS 'When the document was published; empty when that is not known.';
COMMENT ON COLUMN report.claims.title IS 'The document''s title.';
COMMENT ON COLUMN report.claims.url IS 'The document''s address.';
COMMENT ON COLUMN report.claims.external_id IS 'The claim''s id in the list it was imported from.';
COMMENT ON COLUMN report.claims.modality IS 'stated, denied, hedged, question, opinion or wish.';
COMMENT ON COLUMN report.claims.speaker_role IS 'What the speaker is: "head of the department".';
COMMENT ON COLUMN report.claims.via IS 'The outlets through which the words came to this document.';
COMMENT ON COLUMN report.claims.credibility IS 'Admiralty digit 1 (confirmed) to 5 (improbable); 6 is not judged.';
COMMENT ON COLUMN report.claims.decided_by IS 'Who gave it its status.';
COMMENT ON COLUMN report.claims.decided_at IS 'When it was given its status.';
COMMENT ON COLUMN report.claims.seq IS 'The number of its last event in the ledger of its document; 0 for none.';
COMMENT ON COLUMN report.claims.quote IS 'The stretch of the document that holds the claim, exactly.';
COMMENT ON COLUMN report.claims.start_offset IS 'Where the quote begins in the document, in code points from 0.';
COMMENT ON COLUMN report.claims.end_offset IS 'Where the quote ends, exclusive.';
COMMENT ON COLUMN report.claims.sentence_no IS 'The sentence in which it begins, from 1.';
COMMENT ON COLUMN report.claims.checkworthy IS '0 to 1: how much it is a statement of fact that can be checked.';
COMMENT ON COLUMN report.claims.cluster IS 'The id of the group of claims that say the same (report.consistency); empty when it is alone.';
COMMENT ON COLUMN report.claims.run IS 'The import that brought it (report.imports).';
COMMENT ON COLUMN report.claims.imported IS 'When it was imported.';
COMMENT ON COLUMN report.claims.document_id IS 'The document''s full id; queries by it and claim_no use an index.';
COMMENT ON COLUMN report.claims.claim_no IS 'The claim''s number in its document.';

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
COMMENT ON VIEW report.matches IS 'Pairs of claims that agree, contradict each other or are related, and why. What a person rejected is left out.';
COMMENT ON COLUMN report.matches.match IS 'The pair''s id, as confirm and reject take it.';
COMMENT ON COLUMN report.matches.a_claim IS 'The one claim.';
COMMENT ON COLUMN report.matches.a_source IS 'Who published it.';
COMMENT ON COLUMN report.matches.a_text IS 'What it says.';
COMMENT ON COLUMN report.matches.b_claim IS 'The other claim.';
COMMENT ON COLUMN report.matches.b_source IS 'Who published it.';
COMMENT ON COLUMN report.matches.b_text IS 'What it says.';
COMMENT ON COLUMN report.matches.relation IS 'agrees, contradicts or related.';
COMMENT ON COLUMN report.matches.score IS '0 to 1: how alike the two are.';
COMMENT ON COLUMN report.matches.reasons IS 'Why: same_quantity, different_quantity, negated, …';
COMMENT ON COLUMN report.matches.decided_by IS '"program", or the person who confirmed it.';
COMMENT ON COLUMN report.matches.a_speaker IS 'Who says the one.';
COMMENT ON COLUMN report.matches.b_speaker IS 'Who says the other.';
COMMENT ON COLUMN report.matches.a_status IS 'The status of the one.';
COMMENT ON COLUMN report.matches.b_status IS 'The status of the other.';
COMMENT ON COLUMN report.matches.decided_at IS 'When it was found, or confirmed.';
COMMENT ON COLUMN report.matches.method IS 'What found it: the name of the method, or "person".';
COMMENT ON COLUMN report.matches.method_version IS 'The version of the method.';
COMMENT ON COLUMN report.matches.a_document_id IS 'The full id of the one''s document; queries by it use an index.';
COMMENT ON COLUMN report.matches.a_claim_no IS 'The one''s number in its document.';
COMMENT ON COLUMN report.matches.b_document_id IS 'The full id of the other''s document; queries by it use an index.';
COMMENT ON COLUMN report.matches.b_claim_no IS 'The other''s number in its document.';
