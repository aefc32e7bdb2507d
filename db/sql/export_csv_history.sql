SELECT * FROM report.history ORDER BY document_id, seq
