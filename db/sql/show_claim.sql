SELECT c.claim, c.text, c.source, c.speaker, c.speaker_role, c.via, c.kind, c.modality, c.status, c.credibility, c.decided_by, c.decided_at,
       (SELECT array_agg(n.reason || ': ' || n.detail) FROM report.needs_review n
         WHERE n.document_id = c.document_id AND n.claim_no = c.claim_no) AS needs_review,
       (SELECT array_agg(concat_ws(' ', q.text, '[' || q.low || CASE WHEN q.high <> q.low THEN '–' || q.high ELSE '' END || ']', q.unit, q.counted)
                         ORDER BY q.start_offset)
          FROM report.quantities q WHERE q.document_id = c.document_id AND q.claim_no = c.claim_no) AS quantities,
       c.title, c.published, c.url, c.external_id, c.start_offset, c.end_offset, c.sentence_no,
       (SELECT substr(d.text, s.start_offset + 1, s.end_offset - s.start_offset)
          FROM claimbase.document d JOIN claimbase.sentence s ON s.document_id = d.document_id AND s.sentence_no = c.sentence_no
         WHERE d.document_id = c.document_id) AS sentence,
       c.cluster, c.checkworthy, c.run, c.document_id, c.claim_no
  FROM report.claims c WHERE c.document_id = $1::uuid AND c.claim_no = $2::integer
