SELECT claimbase.record_checkpoint($1::bigint, $2::bigint, decode($3::text, 'hex'), $4::text)
