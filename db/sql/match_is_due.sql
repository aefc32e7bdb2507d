-- A row when an import brought something that is not matched yet. A run that was killed stays "running": it says nothing.
SELECT 1
 WHERE EXISTS (SELECT FROM claimbase.match_due WHERE NOT matched)
    OR EXISTS (SELECT FROM claimbase.import_run r
                WHERE r.state <> 'running' AND r.claims > 0
                  AND NOT EXISTS (SELECT FROM claimbase.indexed_run i WHERE i.run_id = r.run_id))
