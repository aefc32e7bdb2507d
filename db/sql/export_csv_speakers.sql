SELECT * FROM report.speakers ORDER BY speaker_id
