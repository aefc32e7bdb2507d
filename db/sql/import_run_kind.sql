SELECT kind FROM claimbase.import_run WHERE run_id = $1::bigint
