-- Each claim as a W3C Web Annotation on its article: where it stands, twice (quote and position), and what it says.
SELECT jsonb_strip_nulls(jsonb_build_object(
         'id', $1::text || 'annotation/' || c.claim,
         'type', 'Annotation',
         'motivation', CASE WHEN c.status = 'unverified' THEN 'highlighting' ELSE 'assessing' END,
         'created', to_char(c.imported AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
         'body', jsonb_build_array(
           jsonb_strip_nulls(jsonb_build_object('type', 'TextualBody', 'purpose', 'describing', 'format', 'text/plain',
             'value', CASE WHEN c.modality = 'denied' THEN coalesce(c.speaker || ' denies: “', 'denied: “') || c.text || '”'
                           ELSE concat_ws(': ', c.speaker, c.text) END)),
           jsonb_build_object('type', 'TextualBody', 'purpose', 'classifying', 'value', c.status)),
         'target', jsonb_build_object(
           'source', coalesce(c.url, $1::text || 'document/' || c.document_id),
           'selector', jsonb_build_array(
             jsonb_strip_nulls(jsonb_build_object('type', 'TextQuoteSelector', 'exact', k.quote,
               'prefix', nullif(k.prefix, ''), 'suffix', nullif(k.suffix, ''))),
             jsonb_build_object('type', 'TextPositionSelector', 'start', c.start_offset, 'end', c.end_offset)),
           'state', jsonb_build_object('type', 'TimeState', 'sourceDate',
             to_char(coalesce(d.retrieved_at, d.imported_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))))) AS annotation
  FROM report.claims c
  JOIN claimbase.claim k ON k.document_id = c.document_id AND k.claim_no = c.claim_no
  JOIN claimbase.document d ON d.document_id = c.document_id
 ORDER BY c.document_id, c.claim_no
