-- Runs whose claims may not all be indexed. A run that was killed stays "running" and is looked at each time.
SELECT r.run_id, r.state <> 'running' AS finished
FROM claimbase.import_run r LEFT JOIN claimbase.indexed_run i USING (run_id)
WHERE i.run_id IS NULL
ORDER BY r.run_id
