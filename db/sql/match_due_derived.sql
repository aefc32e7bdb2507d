DELETE FROM claimbase.match_due WHERE matched
