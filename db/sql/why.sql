-- Everything behind the status of one claim, as a tree that is read from the top: depth, what, text. $3: what is only
-- related is listed, not counted.
WITH claim AS MATERIALIZED (
  SELECT c.* FROM report.claims c WHERE c.document_id = $1::uuid AND c.claim_no = $2::integer
), ev AS MATERIALIZED (
  SELECT e.* FROM report.evidence e WHERE e.document_id = $1::uuid AND e.claim_no = $2::integer
), other AS MATERIALIZED (
  SELECT m.relation, m.reasons, m.decided_by, m.b_document_id AS document_id, m.b_claim_no AS claim_no
    FROM report.matches m WHERE m.a_document_id = $1::uuid AND m.a_claim_no = $2::integer
  UNION ALL
  SELECT m.relation, m.reasons, m.decided_by, m.a_document_id, m.a_claim_no
    FROM report.matches m WHERE m.b_document_id = $1::uuid AND m.b_claim_no = $2::integer
), quoted AS MATERIALIZED ( -- a denial must be seen to be one wherever its words are quoted
  SELECT c.document_id, c.claim_no, c.status,
         format('%s %s%s: “%s”', c.claim, concat_ws(', ', c.source, c.speaker),
                CASE c.modality WHEN 'stated' THEN '' WHEN 'denied' THEN CASE WHEN c.speaker IS NULL THEN ', denied' ELSE ' denies' END
                                ELSE ' (' || c.modality || ')' END, c.text) AS words
    FROM report.claims c
   WHERE (c.document_id, c.claim_no) IN (SELECT $1::uuid, $2::integer UNION ALL SELECT o.document_id, o.claim_no FROM other o)
)
SELECT t.depth, t.what, t.text FROM (
  SELECT 1 AS part, 0::bigint AS a, 0 AS b, 0 AS c, 0 AS depth, 'claim' AS what,
         q.words AS text
    FROM quoted q WHERE q.document_id = $1::uuid AND q.claim_no = $2::integer
  UNION ALL
  SELECT 2, 0, 0, 0, 1, 'status', CASE WHEN c.seq = 0 THEN 'unverified: nobody has looked at it yet'
                                       ELSE c.status || coalesce(', credibility ' || c.credibility || ' ('
                                              || (ARRAY['confirmed', 'probably true', 'possibly true', 'doubtful', 'improbable'])[c.credibility]
                                              || ')', '') END
    FROM claim c
  UNION ALL
  SELECT 2, h.seq, 0, 0, 2, 'event', concat_ws(' ', format('%s → %s by %s on %s', h.from_status, h.to_status, h.actor,
                                        to_char(h.at, 'YYYY-MM-DD HH24:MI')),
                     CASE h.event WHEN 'second_check' THEN '(second check: ' || h.found || ')'
                                  WHEN 'evidence_withdrawn' THEN '(withdraws evidence ' || h.withdrawn || ')' END,
                     '– ' || h.note)
    FROM report.history h WHERE h.document_id = $1::uuid AND h.claim_no = $2::integer
  UNION ALL
  SELECT 2, e.seq, e.evidence_no, 0, 3, 'evidence',
         concat_ws(' ', e.evidence, e.stance, e.kind, e.object, '– ' || e.object_title, '(' || e.object_source || ')',
                   'retrieved ' || to_char(e.retrieved, 'YYYY-MM-DD'), 'sha256 ' || left(e.sha256, 16),
                   CASE WHEN e.circular THEN 'CIRCULAR, does not count' END, 'WITHDRAWN: ' || e.withdrawn_because)
    FROM ev e
  UNION ALL
  SELECT 2, e.seq, e.evidence_no, 1, 4, 'origin', format('%s: %s', claimbase.origin_name(o.origin), o.reason)
    FROM ev e JOIN claimbase.document_origin o ON o.document_id = e.target_document_id
  UNION ALL
  SELECT 3, 0, 0, 0, 1, 'needs review', n.reason || ': ' || n.detail
    FROM report.needs_review n WHERE n.document_id = $1::uuid AND n.claim_no = $2::integer
  UNION ALL
  SELECT 4, 0, 0, 0, 1, 'anchor', format('characters %s to %s of document %s, sentence %s: %s', c.start_offset, c.end_offset, c.document,
           c.sentence_no, CASE WHEN substr(d.text, c.start_offset + 1, c.end_offset - c.start_offset) = c.quote
                               THEN 'the quote stands there exactly' ELSE 'THE QUOTE IS NOT THERE' END)
    FROM claim c JOIN claimbase.document d ON d.document_id = c.document_id
  UNION ALL
  SELECT 5, 0, 0, 0, 1, 'document', concat_ws(', ', d.document || ' “' || d.title || '”', d.source || ' (reliability ' || CASE s.reliability WHEN 'F' THEN 'not judged' ELSE s.reliability END || ')',
           'published ' || to_char(d.published, 'YYYY-MM-DD'), d.url, 'RETRACTED ' || to_char(d.retracted, 'YYYY-MM-DD'))
    FROM report.documents d JOIN report.sources s ON s.source = d.source WHERE d.document_id = $1::uuid
  UNION ALL
  SELECT 5, 1, p.link, 0, 2, 'derives from', concat_ws(' ', p.kind, p.target, '(' || p.target_source || ')', '– ' || p.reason,
           '[' || p.stated_by || ']', CASE WHEN p.withdrawn IS NOT NULL THEN 'withdrawn' END)
    FROM report.provenance p WHERE p.document_id = $1::uuid
  UNION ALL
  SELECT 5, 2, 0, 0, 2, 'origin', format('%s: %s', claimbase.origin_name(o.origin), o.reason)
    FROM claimbase.document_origin o WHERE o.document_id = $1::uuid
  UNION ALL
  SELECT 5, 3, 0, 0, 2, 'import', format('run %s by %s on %s, claimbase %s, %s', i.run, i.actor, to_char(i.started, 'YYYY-MM-DD HH24:MI'),
           i.program_version, i.method_version)
    FROM claim c JOIN report.imports i ON i.run = c.run
  UNION ALL
  SELECT 6, 0, 0, -- those first that make one statement of it
         CASE o.relation WHEN 'agrees' THEN (NOT claimbase.is_bond(o.relation, o.reasons))::integer
                         WHEN 'contradicts' THEN 2 ELSE 3 END,
         1, o.relation, format('%s – %s (%s)', q.words, q.status,
                                           concat_ws('; ', nullif(array_to_string(o.reasons, ', '), ''), o.decided_by))
    FROM other o JOIN quoted q ON q.document_id = o.document_id AND q.claim_no = o.claim_no
   WHERE $3::boolean OR o.relation <> 'related'
  UNION ALL
  SELECT 7, 0, 0, 0, 1, 'related', count(*) || CASE count(*) WHEN 1 THEN ' claim' ELSE ' claims' END || ' (--all lists them)'
    FROM other o WHERE o.relation = 'related' AND NOT $3::boolean
  HAVING count(*) > 0) t
 ORDER BY t.part, t.a, t.b, t.c, t.what, t.text
