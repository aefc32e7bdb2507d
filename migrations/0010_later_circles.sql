-- A verdict also needs review when its evidence became circular afterwards: somebody linked the two documents, or a later
-- import told where they come from.

-- As claimbase.circular_reason, for a report: with the rights of whoever made it, since who reads reports may not read the
-- links themselves; and asked only of evidence that derives from something, is the other copy of something, or has an
-- origin that is known, because nothing else can be circular.
CREATE FUNCTION claimbase.later_circle(p_checked uuid, p_evidence uuid, OUT why text, OUT since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM claimbase.document_link l WHERE l.document_id = p_evidence AND l.withdrawn_at IS NULL)
     OR EXISTS (SELECT FROM claimbase.document_link l
                 WHERE l.target_document_id = p_evidence AND l.kind IN ('republication', 'revision_of') AND l.withdrawn_at IS NULL)
     OR EXISTS (SELECT FROM claimbase.document_origin o WHERE o.document_id = p_evidence AND o.known) THEN
    why := claimbase.circular_reason(p_checked, p_evidence);
  END IF;
  IF why IS NOT NULL THEN
    SELECT max(l.created_at) INTO since FROM claimbase.document_link l
     WHERE l.document_id IN (p_checked, p_evidence) AND l.withdrawn_at IS NULL;
  END IF;
END $$;
COMMENT ON FUNCTION claimbase.later_circle IS 'Why a document that was evidence is none any more, and since which link; NULL when it still is.';

CREATE OR REPLACE VIEW claimbase.doubt AS
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
   WHERE (v.status, o.status) IN (('verified', 'refuted'), ('refuted', 'verified'))
  UNION ALL
  SELECT e.document_id, e.claim_no, 'evidence_became_circular',
         format('document %s, evidence %s.%s: %s', claimbase.document_ref(e.target_document_id), e.seq, e.evidence_no, c.why), c.since
    FROM claimbase.standing_evidence e
   CROSS JOIN LATERAL claimbase.later_circle(e.document_id, e.target_document_id) c
   WHERE NOT e.circular AND e.target_document_id IS NOT NULL AND c.why IS NOT NULL
     AND (c.since IS NULL OR c.since <= (SELECT claimbase.as_of()));

COMMENT ON COLUMN report.needs_review.reason IS 'evidence_withdrawn, evidence_retracted, document_retracted, source_downgraded, import_undone, match_undone, evidence_refuted, evidence_became_circular, same_claim_otherwise, only_circular_evidence or second_check_missing.';
