SELECT * FROM report.provenance ORDER BY document_id, link
