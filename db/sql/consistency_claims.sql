-- Every claim of every group, the groups together.
SELECT g.group_document_id::text || '.' || g.group_claim_no, g.cluster,
       c.claim, c.document, c.source, c.title, c.speaker, c.kind, c.status, to_char(c.published, 'YYYY-MM-DD'), c.url, g.quantities, c.text,
       c.modality, c.start_offset, c.end_offset
  FROM report.members g
  JOIN report.claims c ON c.document_id = g.document_id AND c.claim_no = g.claim_no
 ORDER BY g.group_document_id, g.group_claim_no, c.published NULLS LAST, c.source, c.document_id, c.claim_no
