-- Pairs of one claim that the program found or a person decided: 'A' and 'B' as people name them.
SELECT claimbase.claim_ref(m.document_id, m.claim_no) AS a, claimbase.claim_ref(m.other_document_id, m.other_claim_no) AS b,
       m.document_id, m.claim_no, m.other_document_id, m.other_claim_no
FROM claimbase.claim_match m
WHERE m.document_id = $1::uuid AND m.claim_no = $2::integer
UNION
SELECT claimbase.claim_ref(m.document_id, m.claim_no), claimbase.claim_ref(m.other_document_id, m.other_claim_no),
       m.document_id, m.claim_no, m.other_document_id, m.other_claim_no
FROM claimbase.claim_match m
WHERE m.other_document_id = $1::uuid AND m.other_claim_no = $2::integer
ORDER BY 1, 2
LIMIT 5
