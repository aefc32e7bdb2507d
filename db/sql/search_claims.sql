-- What is shown of claims that were found, by ordinal; only those that pass the filters.
SELECT t.ordinal,
       claimbase.claim_ref(c.document_id, c.claim_no) AS claim,
       CASE WHEN d.kind = 'claim_record' THEN d.external_id END AS external_id,
       coalesce(c.text, c.quote) AS text,
       coalesce((SELECT v.to_status FROM claimbase.verification v
                 WHERE v.document_id = c.document_id AND v.claim_no = c.claim_no
                 ORDER BY v.seq DESC LIMIT 1), 'unverified') AS status,
       s.name AS source,
       p.name AS speaker,
       d.title,
       d.url,
       to_char(d.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS published,
       c.modality
FROM claimbase.claim_terms t
JOIN claimbase.claim c ON c.document_id = t.document_id AND c.claim_no = t.claim_no
JOIN claimbase.shown_document d ON d.document_id = t.document_id
JOIN claimbase.source s ON s.source_id = d.source_id
LEFT JOIN claimbase.speaker p ON p.speaker_id = c.speaker_id
WHERE t.ordinal = ANY ($1::bigint[])
  AND ($2::text IS NULL
       OR coalesce((SELECT v.to_status FROM claimbase.verification v
                    WHERE v.document_id = c.document_id AND v.claim_no = c.claim_no
                    ORDER BY v.seq DESC LIMIT 1), 'unverified') = $2::text)
  AND ($3::bigint IS NULL OR d.source_id = $3::bigint)
  AND ($4::text IS NULL OR d.published_at >= $4::timestamptz)
