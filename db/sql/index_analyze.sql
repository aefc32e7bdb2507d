ANALYZE claimbase.claim_terms, claimbase.match_due
