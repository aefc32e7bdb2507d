-- All pairs that bear on clusters: what agrees, what contradicts, and what a person keeps apart.
SELECT document_id, claim_no, other_document_id, other_claim_no, relation, decided_by <> 'program' AS person, score
FROM claimbase.present_match
WHERE relation = 'contradicts' OR (relation = 'agrees' AND decided_by <> 'program') OR claimbase.is_bond(relation, reasons)
UNION ALL
SELECT document_id, claim_no, other_document_id, other_claim_no, 'rejected', true, 1
FROM claimbase.match_ruling WHERE decision = 'reject'
