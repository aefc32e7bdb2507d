-- One more decision about a pair of claims, the least first.
INSERT INTO claimbase.match_decision
  (document_id, claim_no, other_document_id, other_claim_no, decision_no, decision, relation, actor, note)
SELECT $1::uuid, $2::integer, $3::uuid, $4::integer, coalesce(max(d.decision_no), 0) + 1, $5::text, $6::text, $7::text,
       $8::text
FROM claimbase.match_decision d
WHERE d.document_id = $1::uuid AND d.claim_no = $2::integer
  AND d.other_document_id = $3::uuid AND d.other_claim_no = $4::integer
