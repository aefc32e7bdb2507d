DELETE FROM claimbase.claim_cluster
