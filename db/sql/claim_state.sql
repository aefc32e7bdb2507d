-- Where a claim stands now.
SELECT s.status, s.seq, s.actor FROM claimbase.claim_status s WHERE s.document_id = $1::uuid AND s.claim_no = $2::integer
