INSERT INTO claimbase.indexed_run (run_id) VALUES ($1::bigint) ON CONFLICT DO NOTHING
