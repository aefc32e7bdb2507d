-- Contradicting pairs with the groups that their claims belong to.
SELECT a.group_document_id::text || '.' || a.group_claim_no, b.group_document_id::text || '.' || b.group_claim_no,
       c.a_claim, c.b_claim, c.a_source, c.b_source, c.a_text, c.b_text, c.a_quantity, c.b_quantity, c.type,
       array_to_string(c.reasons, ', '), c.decided_by
  FROM report.conflicts c
  JOIN report.members a ON a.document_id = c.a_document_id AND a.claim_no = c.a_claim_no
  JOIN report.members b ON b.document_id = c.b_document_id AND b.claim_no = c.b_claim_no
 WHERE c.type <> 'different_verdicts'
 ORDER BY c.score DESC, c.match
