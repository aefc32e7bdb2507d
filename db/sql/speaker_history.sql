-- Both sides of a merge know of it.
SELECT c.at, c.change, c.speaker_id AS speaker, t.name, c.other_id AS other, s.name AS other_name, c.actor, c.note
  FROM claimbase.speaker_change c
  JOIN claimbase.speaker t ON t.speaker_id = c.speaker_id
  LEFT JOIN claimbase.speaker s ON s.speaker_id = c.other_id
 WHERE $1::bigint IN (c.speaker_id, c.other_id) ORDER BY c.at, c.speaker_id, c.change_no
