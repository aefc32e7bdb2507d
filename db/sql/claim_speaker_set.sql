SELECT claimbase.set_claim_speaker($1::uuid, $2::integer, $3::bigint)
