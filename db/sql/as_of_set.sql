-- The cast refuses what is no time before the views meet it.
SELECT set_config('claimbase.as_of', ($1::text::timestamptz)::text, false)
