-- Where a claim stands now, and whether its words are denied.
SELECT s.status, s.seq, s.actor, c.modality
  FROM claimbase.claim_status s JOIN claimbase.claim c ON c.document_id = s.document_id AND c.claim_no = s.claim_no
 WHERE s.document_id = $1::uuid AND s.claim_no = $2::integer
