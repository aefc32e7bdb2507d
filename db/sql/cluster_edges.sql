-- Such pairs of the claims given as two arrays; the other end need not be among them.
WITH k AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::integer[]) AS k (document_id, claim_no))
SELECT m.document_id, m.claim_no, m.other_document_id, m.other_claim_no, m.relation,
       m.decided_by <> 'program' AS person, m.score
FROM k JOIN claimbase.present_match m ON m.document_id = k.document_id AND m.claim_no = k.claim_no
WHERE m.relation IN ('agrees', 'contradicts')
UNION ALL
SELECT r.document_id, r.claim_no, r.other_document_id, r.other_claim_no, 'rejected', true, 1
FROM k JOIN claimbase.match_ruling r ON r.document_id = k.document_id AND r.claim_no = k.claim_no
WHERE r.decision = 'reject'
