SELECT * FROM report.origins ORDER BY document_id, origin
