-- What agrees with claims of these documents that are in no cluster, and what may have to be kept apart from them: by a
-- contradiction, or by a person's word of any kind. The other end by its cluster's name when it is in one. A pair of
-- two such claims comes twice.
WITH pair AS (
  SELECT m.document_id, m.claim_no, m.other_document_id, m.other_claim_no, m.relation
  FROM claimbase.claim_match m
  WHERE m.document_id = ANY ($1::uuid[]) AND (m.relation = 'contradicts' OR claimbase.is_bond(m.relation, m.reasons))
  UNION ALL
  SELECT m.other_document_id, m.other_claim_no, m.document_id, m.claim_no, m.relation
  FROM claimbase.claim_match m
  WHERE m.other_document_id = ANY ($1::uuid[]) AND (m.relation = 'contradicts' OR claimbase.is_bond(m.relation, m.reasons))
  UNION ALL
  SELECT d.document_id, d.claim_no, d.other_document_id, d.other_claim_no, 'decided'
  FROM claimbase.match_decision d WHERE d.document_id = ANY ($1::uuid[])
  UNION ALL
  SELECT d.other_document_id, d.other_claim_no, d.document_id, d.claim_no, 'decided'
  FROM claimbase.match_decision d WHERE d.other_document_id = ANY ($1::uuid[]))
SELECT p.document_id, p.claim_no,
       coalesce(o.cluster_document_id, p.other_document_id), coalesce(o.cluster_claim_no, p.other_claim_no),
       p.relation = 'agrees' AS agrees, o.document_id IS NOT NULL AS clustered
FROM pair p
LEFT JOIN claimbase.claim_cluster k ON k.document_id = p.document_id AND k.claim_no = p.claim_no
LEFT JOIN claimbase.claim_cluster o ON o.document_id = p.other_document_id AND o.claim_no = p.other_claim_no
WHERE k.document_id IS NULL
