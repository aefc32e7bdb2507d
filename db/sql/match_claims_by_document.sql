-- Claims to compare, of whole documents. A speaker who was merged into another one is that one.
SELECT t.ordinal, t.document_id, t.claim_no, coalesce(c.text, c.quote) AS text,
       coalesce(p.merged_into, p.speaker_id, 0) AS speaker_id, c.modality,
       (d.published_at AT TIME ZONE 'UTC')::date AS published, c.sentence_no
FROM claimbase.claim_terms t
JOIN claimbase.claim c ON c.document_id = t.document_id AND c.claim_no = t.claim_no
JOIN claimbase.shown_document d ON d.document_id = t.document_id
LEFT JOIN claimbase.speaker p ON p.speaker_id = c.speaker_id
WHERE t.document_id = ANY ($1::uuid[])
ORDER BY t.document_id, t.claim_no
