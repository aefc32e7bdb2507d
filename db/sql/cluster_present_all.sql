SELECT document_id, claim_no, cluster_document_id, cluster_claim_no FROM claimbase.claim_cluster
