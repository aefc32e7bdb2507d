SELECT * FROM report.matches ORDER BY a_document_id, a_claim_no, b_document_id, b_claim_no
