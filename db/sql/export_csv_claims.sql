SELECT * FROM report.claims ORDER BY document_id, claim_no
