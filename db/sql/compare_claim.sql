-- What a claim says, and when its document was published (for relative dates).
SELECT coalesce(c.text, c.quote) AS text, to_char(d.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS published
FROM claimbase.claim c JOIN claimbase.document d USING (document_id)
WHERE c.document_id = $1::uuid AND c.claim_no = $2::integer
