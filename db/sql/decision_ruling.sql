-- What holds of a pair by a person's word.
SELECT decision, relation, actor FROM claimbase.match_ruling
WHERE document_id = $1::uuid AND claim_no = $2::integer
  AND other_document_id = $3::uuid AND other_claim_no = $4::integer
