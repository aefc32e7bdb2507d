SELECT name FROM claimbase.portable_table ORDER BY place
