DELETE FROM claimbase.match_due
