COPY claimbase.claim_terms (document_id, claim_no, method_version, terms, ordinal) FROM STDIN (FORMAT binary)
