COPY claimbase.claim_match (document_id, claim_no, other_document_id, other_claim_no, relation, score, reasons, method, method_version) FROM STDIN (FORMAT binary)
