DELETE FROM claimbase.claim_terms
