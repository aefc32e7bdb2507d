SELECT claimbase.merge_speakers($1::bigint, $2::bigint, $3::text, $4::text)
