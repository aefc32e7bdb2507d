DELETE FROM claimbase.claim_match
