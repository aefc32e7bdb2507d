SELECT DISTINCT file FROM claimbase.rejected_row WHERE run_id = $1::bigint ORDER BY file
