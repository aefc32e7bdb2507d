-- How many claims are in each of these clusters, given by their names as two arrays.
SELECT k.document_id, k.claim_no, (SELECT count(*) FROM claimbase.claim_cluster c
                                   WHERE c.cluster_document_id = k.document_id AND c.cluster_claim_no = k.claim_no) AS claims
FROM unnest($1::uuid[], $2::integer[]) AS k (document_id, claim_no)
