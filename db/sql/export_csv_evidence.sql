SELECT * FROM report.evidence ORDER BY document_id, seq, evidence_no
