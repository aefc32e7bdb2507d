-- By number, by exact name or alias.
SELECT s.speaker_id, s.name FROM claimbase.speaker s
 WHERE s.speaker_id = $1::bigint OR ($1::bigint IS NULL AND s.name = $2::text)
    OR ($1::bigint IS NULL AND s.speaker_id IN (SELECT a.speaker_id FROM claimbase.speaker_alias a WHERE a.alias = $2::text))
 ORDER BY s.speaker_id LIMIT 4
