SELECT t.ordinal FROM claimbase.match_due m JOIN claimbase.claim_terms t ON t.document_id = m.document_id
WHERE NOT m.matched
