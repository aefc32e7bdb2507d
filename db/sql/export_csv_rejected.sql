SELECT * FROM report.rejected ORDER BY run, no
