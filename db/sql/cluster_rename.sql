-- The clusters named by the first two arrays get the names in the other two.
UPDATE claimbase.claim_cluster c SET cluster_document_id = k.new_document_id, cluster_claim_no = k.new_claim_no
FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::integer[]) AS k (document_id, claim_no, new_document_id, new_claim_no)
WHERE c.cluster_document_id = k.document_id AND c.cluster_claim_no = k.claim_no
