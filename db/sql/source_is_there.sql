-- A row when a source of this name is there.
SELECT 1 FROM report.sources s WHERE s.source = $1::text
