-- Claims to compare: their ordinals, documents and numbers as three arrays. A speaker who was merged into another one is
-- that one. Table by table, so that the pages of each are read ahead. (The empty arrays: index_lists)
WITH t AS MATERIALIZED (
       SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::integer[]) AS t (ordinal, document_id, claim_no)),
     d AS MATERIALIZED (
       SELECT document_id, published_at FROM claimbase.shown_document
       WHERE document_id = ANY ($2::uuid[]) OR document_id = ANY ('{}'::uuid[])),
     c AS MATERIALIZED (
       SELECT document_id, claim_no, coalesce(text, quote) AS text, speaker_id, modality, sentence_no FROM claimbase.claim
       WHERE (document_id = ANY ($2::uuid[]) OR document_id = ANY ('{}'::uuid[]))
         AND ((document_id, claim_no) IN (SELECT document_id, claim_no FROM t)) IS TRUE)
SELECT t.ordinal, t.document_id, t.claim_no, c.text, coalesce(p.merged_into, p.speaker_id, 0) AS speaker_id, c.modality,
       (d.published_at AT TIME ZONE 'UTC')::date AS published, c.sentence_no
FROM t
JOIN c ON c.document_id = t.document_id AND c.claim_no = t.claim_no
JOIN d ON d.document_id = t.document_id
LEFT JOIN claimbase.speaker p ON p.speaker_id = c.speaker_id
ORDER BY t.document_id, t.claim_no
