DELETE FROM claimbase.indexed_run
