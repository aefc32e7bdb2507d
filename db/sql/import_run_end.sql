UPDATE claimbase.import_run SET state = $2::text, finished_at = clock_timestamp() WHERE run_id = $1::bigint
