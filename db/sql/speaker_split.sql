SELECT claimbase.split_speaker($1::bigint, $2::text, $3::text)
