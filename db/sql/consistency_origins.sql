SELECT g.group_document_id::text || '.' || g.group_claim_no, coalesce(r.origin, 'document|' || g.document_id::text) AS origin,
       bool_or(coalesce(r.known, false)), min(coalesce(r.reason, 'no lineage is recorded')), count(*)
  FROM (SELECT DISTINCT m.group_document_id, m.group_claim_no, m.document_id FROM claimbase.group_member m) g
  LEFT JOIN claimbase.document_origin r ON r.document_id = g.document_id
 GROUP BY g.group_document_id, g.group_claim_no, 2
 ORDER BY g.group_document_id, g.group_claim_no, 3 DESC, 5 DESC, 2
