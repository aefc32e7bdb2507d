SELECT * FROM report.sources ORDER BY source_id
