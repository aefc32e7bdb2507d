-- One step from the claims given as two arrays: to those that agree with them, by the program's or a person's
-- word, and to those that were in their clusters. What a person rejected may lead too far; it joins nothing.
WITH k AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::integer[]) AS k (document_id, claim_no)),
     ruling AS MATERIALIZED (SELECT * FROM claimbase.match_ruling WHERE decision = 'confirm')
SELECT m.other_document_id AS document_id, m.other_claim_no AS claim_no
FROM k JOIN claimbase.claim_match m ON m.document_id = k.document_id AND m.claim_no = k.claim_no
WHERE claimbase.is_bond(m.relation, m.reasons)
UNION
SELECT m.document_id, m.claim_no
FROM k JOIN claimbase.claim_match m ON m.other_document_id = k.document_id AND m.other_claim_no = k.claim_no
WHERE claimbase.is_bond(m.relation, m.reasons)
UNION
SELECT r.other_document_id, r.other_claim_no
FROM k JOIN ruling r ON r.document_id = k.document_id AND r.claim_no = k.claim_no
UNION
SELECT r.document_id, r.claim_no
FROM k JOIN ruling r ON r.other_document_id = k.document_id AND r.other_claim_no = k.claim_no
UNION
SELECT o.document_id, o.claim_no
FROM k JOIN claimbase.claim_cluster c ON c.document_id = k.document_id AND c.claim_no = k.claim_no
JOIN claimbase.claim_cluster o
  ON o.cluster_document_id = c.cluster_document_id AND o.cluster_claim_no = c.cluster_claim_no
