SELECT * FROM report.quantities ORDER BY document_id, claim_no, quantity
