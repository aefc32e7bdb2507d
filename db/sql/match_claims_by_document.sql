-- Claims to compare, of whole documents. A speaker who was merged into another one is that one. The planner does not know
-- how many claims a document has: joined by its id alone, each claim would be held against each other one's ordinal. (The
-- empty arrays: index_lists)
WITH d AS MATERIALIZED (
       SELECT document_id, published_at FROM claimbase.shown_document
       WHERE document_id = ANY ($1::uuid[]) OR document_id = ANY ('{}'::uuid[])),
     c AS MATERIALIZED (
       SELECT document_id, claim_no, coalesce(text, quote) AS text, speaker_id, modality, sentence_no,
              (SELECT t.ordinal FROM claimbase.claim_terms t
               WHERE t.document_id = claim.document_id AND t.claim_no = claim.claim_no) AS ordinal
       FROM claimbase.claim
       WHERE document_id = ANY ($1::uuid[]) OR document_id = ANY ('{}'::uuid[]))
SELECT c.ordinal, c.document_id, c.claim_no, c.text, coalesce(p.merged_into, p.speaker_id, 0) AS speaker_id, c.modality,
       (d.published_at AT TIME ZONE 'UTC')::date AS published, c.sentence_no
FROM c
JOIN d ON d.document_id = c.document_id
LEFT JOIN claimbase.speaker p ON p.speaker_id = c.speaker_id
WHERE c.ordinal IS NOT NULL
ORDER BY c.document_id, c.claim_no
