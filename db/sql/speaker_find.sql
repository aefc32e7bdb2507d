SELECT key, coalesce(merged_into, speaker_id) AS speaker_id FROM claimbase.speaker WHERE key = ANY ($1::text[])
