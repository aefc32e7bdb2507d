SELECT c.claim_no, c.start_offset, c.end_offset, c.speaker_id, s.name
FROM claimbase.claim c LEFT JOIN claimbase.speaker s ON s.speaker_id = c.speaker_id
WHERE c.document_id = $1::uuid ORDER BY c.claim_no
