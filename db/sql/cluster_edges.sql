-- Such pairs of the claims given as two arrays; the other end need not be among them.
WITH k AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::integer[]) AS k (document_id, claim_no)),
     ruling AS MATERIALIZED (SELECT * FROM claimbase.match_ruling)
SELECT m.document_id, m.claim_no, m.other_document_id, m.other_claim_no, coalesce(r.relation, m.relation),
       r.decision IS NOT NULL AS person, m.score
FROM k JOIN claimbase.claim_match m ON m.document_id = k.document_id AND m.claim_no = k.claim_no
LEFT JOIN ruling r ON r.document_id = m.document_id AND r.claim_no = m.claim_no
                  AND r.other_document_id = m.other_document_id AND r.other_claim_no = m.other_claim_no
WHERE r.decision IS DISTINCT FROM 'reject' AND coalesce(r.relation, m.relation) IN ('agrees', 'contradicts')
  AND (r.decision IS NOT NULL OR m.relation = 'contradicts' OR claimbase.is_bond(m.relation, m.reasons))
UNION ALL
SELECT r.document_id, r.claim_no, r.other_document_id, r.other_claim_no,
       CASE r.decision WHEN 'reject' THEN 'rejected' ELSE coalesce(r.relation, m.relation, 'agrees') END, true, 1
FROM k JOIN ruling r ON r.document_id = k.document_id AND r.claim_no = k.claim_no
LEFT JOIN claimbase.claim_match m ON m.document_id = r.document_id AND m.claim_no = r.claim_no
                  AND m.other_document_id = r.other_document_id AND m.other_claim_no = r.other_claim_no
WHERE r.decision = 'reject'
   OR (m.document_id IS NULL AND coalesce(r.relation, 'agrees') IN ('agrees', 'contradicts'))
