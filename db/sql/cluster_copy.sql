COPY claimbase.claim_cluster (document_id, claim_no, cluster_document_id, cluster_claim_no) FROM STDIN (FORMAT binary)
