INSERT INTO claimbase.speaker_alias (speaker_id, alias)
SELECT speaker_id, alias FROM unnest($1::bigint[], $2::text[]) AS n (speaker_id, alias)
ORDER BY speaker_id, alias
ON CONFLICT DO NOTHING
