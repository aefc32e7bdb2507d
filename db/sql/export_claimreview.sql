-- A ClaimReview (schema.org) for each claim that has a verdict. $1: base of addresses; $2: the organisation that publishes
-- the reviews, else the person who gave the verdict is their author.
SELECT jsonb_strip_nulls(jsonb_build_object(
         '@context', 'https://schema.org',
         '@type', 'ClaimReview',
         'url', $1::text || 'claim/' || c.claim,
         'identifier', c.claim,
         'datePublished', to_char(c.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
         'author', CASE WHEN $2::text IS NULL THEN jsonb_build_object('@type', 'Person', 'name', c.decided_by)
                        ELSE jsonb_build_object('@type', 'Organization', 'name', $2::text) END,
         'claimReviewed', c.text,
         'reviewBody', v.note,
         'reviewRating', jsonb_build_object('@type', 'Rating', 'alternateName', r.name, 'ratingValue', r.value,
                                            'bestRating', CASE WHEN r.value IS NOT NULL THEN 5 END,
                                            'worstRating', CASE WHEN r.value IS NOT NULL THEN 1 END),
         'itemReviewed', jsonb_build_object(
           '@type', 'Claim',
           '@id', $1::text || 'claim/' || c.claim,
           'author', CASE WHEN c.speaker IS NOT NULL THEN jsonb_build_object('@type', 'Thing', 'name', c.speaker) END,
           'datePublished', to_char(c.published AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
           'appearance', jsonb_build_object('@type', 'CreativeWork', 'url', c.url, 'headline', c.title,
                           'publisher', jsonb_build_object('@type', 'Organization', 'name', c.source))),
         'citation', (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('@type', 'CreativeWork', 'url', e.url,
                                'name', coalesce(e.note, CASE WHEN e.url IS NULL THEN e.kind END))) ORDER BY e.evidence_no)
                        FROM claimbase.evidence e
                       WHERE e.document_id = c.document_id AND e.seq = c.seq))) AS review
  FROM report.claims c
  JOIN claimbase.verification v ON v.document_id = c.document_id AND v.seq = c.seq
  JOIN (VALUES ('verified', 'True', 5), ('refuted', 'False', 1), ('disputed', 'Disputed', 3),
               ('unverifiable', 'Unverifiable', NULL)) AS r(status, name, value) ON r.status = c.status
 ORDER BY c.decided_at, c.document_id, c.claim_no
