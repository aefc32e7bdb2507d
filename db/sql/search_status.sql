SELECT status FROM claimbase.status WHERE status = $1::text
