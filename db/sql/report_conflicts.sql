SELECT c.type, c.a_claim, c.a_source, c.a_speaker, a.modality AS a_modality, c.a_text, c.a_quantity, c.a_status, c.b_claim, c.b_source, c.b_speaker, b.modality AS b_modality, c.b_text,
       c.b_quantity, c.b_status, c.reasons, round(c.score::numeric, 3) AS score, c.match, c.decided_by
  FROM report.conflicts c
  JOIN report.claims a ON a.document_id = c.a_document_id AND a.claim_no = c.a_claim_no
  JOIN report.claims b ON b.document_id = c.b_document_id AND b.claim_no = c.b_claim_no
 WHERE $1::text IS NULL OR $1::text IN (c.a_source, c.b_source)
 ORDER BY c.score DESC, c.match LIMIT $2::bigint
