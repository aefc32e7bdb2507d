SELECT count(*) FROM claimbase.match_due WHERE NOT matched
