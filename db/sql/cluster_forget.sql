DELETE FROM claimbase.claim_cluster c
USING unnest($1::uuid[], $2::integer[]) AS k (document_id, claim_no)
WHERE c.document_id = k.document_id AND c.claim_no = k.claim_no
