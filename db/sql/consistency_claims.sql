-- Every claim of every group, the groups together.
SELECT g.group_document_id::text || '.' || g.group_claim_no, claimbase.claim_ref(g.group_document_id, g.group_claim_no),
       c.claim, c.document, c.source, c.title, c.speaker, c.kind, c.status, to_char(c.published, 'YYYY-MM-DD'), c.url, q.amounts, c.text,
       c.modality
  FROM claimbase.group_member g
  JOIN report.claims c ON c.document_id = g.document_id AND c.claim_no = g.claim_no
  LEFT JOIN claimbase.claim_amounts q ON q.document_id = g.document_id AND q.claim_no = g.claim_no
 ORDER BY g.group_document_id, g.group_claim_no, c.published NULLS LAST, c.source, c.document_id, c.claim_no
