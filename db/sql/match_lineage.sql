-- What tells that two documents have an origin in common: a token that both have. A document's own id and
-- address are tokens of it, as are those of what it is linked to.
SELECT document_id, 'd' || document_id::text AS token FROM claimbase.document WHERE document_id = ANY ($1::uuid[])
UNION
SELECT document_id, 'u' || url FROM claimbase.document WHERE document_id = ANY ($1::uuid[]) AND url IS NOT NULL
UNION
SELECT document_id, 'd' || target_document_id::text FROM claimbase.document_link
WHERE document_id = ANY ($1::uuid[]) AND withdrawn_at IS NULL AND target_document_id IS NOT NULL
UNION
SELECT document_id, 'u' || target_url FROM claimbase.document_link
WHERE document_id = ANY ($1::uuid[]) AND withdrawn_at IS NULL AND target_url IS NOT NULL
UNION
SELECT document_id, 'k' || origin_key FROM claimbase.document_link
WHERE document_id = ANY ($1::uuid[]) AND withdrawn_at IS NULL AND origin_key IS NOT NULL
UNION
SELECT document_id, 'l' || document_id::text || other_document_id::text FROM claimbase.document_likeness
WHERE document_id = ANY ($1::uuid[]) AND greatest(share, other_share) >= 0.5
UNION
SELECT other_document_id, 'l' || document_id::text || other_document_id::text FROM claimbase.document_likeness
WHERE other_document_id = ANY ($1::uuid[]) AND greatest(share, other_share) >= 0.5
ORDER BY 1, 2
