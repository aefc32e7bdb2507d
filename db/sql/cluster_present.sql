-- The clusters that these claims, given as two arrays, are in.
SELECT c.document_id, c.claim_no, c.cluster_document_id, c.cluster_claim_no
FROM unnest($1::uuid[], $2::integer[]) AS k (document_id, claim_no)
JOIN claimbase.claim_cluster c ON c.document_id = k.document_id AND c.claim_no = k.claim_no
