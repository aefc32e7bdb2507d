-- What points at something that is not there; no foreign key crosses documents, so this is looked for.
SELECT format('link %s of document %s points at a document that is not there', l.link_no, claimbase.document_ref(l.document_id))
  FROM claimbase.document_link l LEFT JOIN claimbase.document d ON d.document_id = l.target_document_id
 WHERE l.target_document_id IS NOT NULL AND d.document_id IS NULL
UNION ALL
SELECT format('evidence %s.%s of document %s points at a document that is not there', e.seq, e.evidence_no, claimbase.document_ref(e.document_id))
  FROM claimbase.evidence e LEFT JOIN claimbase.document d ON d.document_id = e.target_document_id
 WHERE e.target_document_id IS NOT NULL AND d.document_id IS NULL
UNION ALL
SELECT format('evidence %s.%s of document %s points at a claim that is not there', e.seq, e.evidence_no, claimbase.document_ref(e.document_id))
  FROM claimbase.evidence e LEFT JOIN claimbase.claim c ON c.document_id = e.target_document_id AND c.claim_no = e.target_claim_no
 WHERE e.target_claim_no IS NOT NULL AND c.document_id IS NULL
UNION ALL
SELECT format('a match of claim %s points at a claim that is not there', claimbase.claim_ref(m.document_id, m.claim_no))
  FROM claimbase.claim_match m LEFT JOIN claimbase.claim c ON c.document_id = m.other_document_id AND c.claim_no = m.other_claim_no
 WHERE c.document_id IS NULL
UNION ALL
SELECT format('evidence %s.%s of document %s belongs to no event', e.seq, e.evidence_no, claimbase.document_ref(e.document_id))
  FROM claimbase.evidence e LEFT JOIN claimbase.verification v ON v.document_id = e.document_id AND v.seq = e.seq
 WHERE v.document_id IS NULL
