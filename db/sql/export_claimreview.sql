-- A ClaimReview (schema.org) for each claim that has a verdict. $1: base of addresses; $2: the organisation that publishes
-- the reviews, else the person who gave the verdict is their author. A review of others that came with an import stays theirs: its
-- author, address and date are those it came with, as long as nobody here has judged the claim anew.
WITH verdict AS MATERIALIZED (
  SELECT v.* FROM claimbase.standing_verdict v
), cited AS MATERIALIZED (
  SELECT e.document_id, e.claim_no, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('@type', 'CreativeWork',
           'url', coalesce(w.url, t.url, $1::text || CASE WHEN w.target_claim_no IS NOT NULL
                    THEN 'claim/' || claimbase.claim_ref(w.target_document_id, w.target_claim_no)
                    ELSE 'document/' || w.target_document_id END),
           'name', coalesce(w.note, nullif(concat_ws(', ', t.title, s.name, w.path), '')))) ORDER BY w.seq, w.evidence_no) AS works
    FROM claimbase.standing_evidence e
    JOIN claimbase.evidence w ON w.document_id = e.document_id AND w.seq = e.seq AND w.evidence_no = e.evidence_no
    LEFT JOIN claimbase.document t ON t.document_id = w.target_document_id
    LEFT JOIN claimbase.source s ON s.source_id = t.source_id
   GROUP BY e.document_id, e.claim_no
), brought AS MATERIALIZED ( -- the first verdict on a claim that came as a review
  SELECT v.document_id, v.claim_no, v.seq, e.url, substring(v.note FROM ', (\d{4}-\d{2}-\d{2})$') AS reviewed
    FROM claimbase.import_run i
    JOIN claimbase.document d ON d.run_id = i.run_id
    JOIN claimbase.verification v ON v.document_id = d.document_id AND v.seq = 1
    JOIN claimbase.evidence e ON e.document_id = v.document_id AND e.seq = v.seq AND e.evidence_no = 1 AND e.kind = 'url'
   WHERE i.kind = 'claimreview'
)
SELECT jsonb_strip_nulls(jsonb_build_object(
         '@context', 'https://schema.org',
         '@type', 'ClaimReview',
         'url', coalesce(b.url, $1::text || 'claim/' || c.claim),
         'identifier', c.claim,
         'datePublished', coalesce(b.reviewed, to_char(v.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')),
         'author', CASE WHEN b.url IS NOT NULL THEN jsonb_build_object('@type', 'Organization', 'name', c.source)
                        WHEN $2::text IS NULL THEN jsonb_build_object('@type', 'Person', 'name', v.actor)
                        ELSE jsonb_build_object('@type', 'Organization', 'name', $2::text) END,
         'claimReviewed', CASE WHEN c.modality <> 'denied' THEN c.text -- who denies it must not be shown as who says it
                               ELSE coalesce(c.speaker || ' denies: “', 'It is denied: “') || c.text || '”' END,
         'reviewBody', w.note,
         'reviewRating', jsonb_build_object('@type', 'Rating', 'alternateName', r.name, 'ratingValue', r.value,
                                            'bestRating', CASE WHEN r.value IS NOT NULL THEN 5 END,
                                            'worstRating', CASE WHEN r.value IS NOT NULL THEN 1 END),
         'itemReviewed', jsonb_build_object(
           '@type', 'Claim',
           '@id', $1::text || 'claim/' || c.claim,
           'author', CASE WHEN c.speaker IS NOT NULL THEN jsonb_build_object('@type', 'Thing', 'name', c.speaker) END,
           'datePublished', to_char(c.published AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
           'appearance', CASE WHEN b.url IS NULL -- of what others reviewed, only they know where it stood
                              THEN jsonb_build_object('@type', 'CreativeWork', 'url', c.url, 'headline', c.title,
                                     'publisher', jsonb_build_object('@type', 'Organization', 'name', c.source)) END),
         'citation', q.works)) AS review
  FROM report.claims c
  JOIN verdict v ON v.document_id = c.document_id AND v.claim_no = c.claim_no
  JOIN claimbase.verification w ON w.document_id = v.document_id AND w.seq = v.seq
  LEFT JOIN cited q ON q.document_id = c.document_id AND q.claim_no = c.claim_no
  LEFT JOIN brought b ON b.document_id = c.document_id AND b.claim_no = c.claim_no AND b.seq = v.seq
  JOIN (VALUES ('verified', 'True', 5), ('refuted', 'False', 1), ('disputed', 'Disputed', 3),
               ('unverifiable', 'Unverifiable', NULL)) AS r(status, name, value) ON r.status = c.status
 ORDER BY v.at, c.document_id, c.claim_no
