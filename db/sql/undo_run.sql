SELECT claimbase.undo_run($1::bigint, $2::text, $3::text)
