SELECT * FROM report.documents ORDER BY document_id
