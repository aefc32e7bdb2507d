-- Claims that say the same and have another status: what a verdict suggests to look at.
SELECT claimbase.claim_ref(o.document_id, o.claim_no), s.status
  FROM claimbase.claim_cluster k
  JOIN claimbase.claim_cluster o ON o.cluster_document_id = k.cluster_document_id AND o.cluster_claim_no = k.cluster_claim_no
  JOIN claimbase.claim_status s ON s.document_id = o.document_id AND s.claim_no = o.claim_no
 WHERE k.document_id = $1::uuid AND k.claim_no = $2::integer
   AND (o.document_id, o.claim_no) <> (k.document_id, k.claim_no)
   AND s.status <> $3::text
 ORDER BY o.document_id, o.claim_no
 LIMIT 21
