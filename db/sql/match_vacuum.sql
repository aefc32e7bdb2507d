-- Every row of it was written, changed and deleted.
VACUUM (ANALYZE) claimbase.match_due
