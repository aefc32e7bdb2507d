SELECT c.at, c.change, c.other_id AS other, s.name AS other_name, c.actor, c.note
  FROM claimbase.speaker_change c LEFT JOIN claimbase.speaker s ON s.speaker_id = c.other_id
 WHERE c.speaker_id = $1::bigint ORDER BY c.change_no
