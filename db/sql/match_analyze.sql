ANALYZE claimbase.claim_match, claimbase.claim_cluster, claimbase.document_origin
