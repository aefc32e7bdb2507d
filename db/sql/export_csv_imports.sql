SELECT * FROM report.imports ORDER BY run
