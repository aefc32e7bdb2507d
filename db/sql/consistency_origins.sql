-- What stands behind each group; of an origin that is a document, whose it is.
SELECT o.grp, o.origin, o.known, o.reason, o.documents, s.name
  FROM (SELECT g.group_document_id, g.group_claim_no, g.group_document_id::text || '.' || g.group_claim_no AS grp,
               coalesce(r.origin, 'document|' || g.document_id::text) AS origin,
               bool_or(coalesce(r.known, false)) AS known, min(coalesce(r.reason, 'no lineage is recorded')) AS reason,
               count(*) AS documents
          FROM (SELECT DISTINCT m.group_document_id, m.group_claim_no, m.document_id FROM claimbase.group_member m) g
          LEFT JOIN claimbase.document_origin r ON r.document_id = g.document_id
         GROUP BY g.group_document_id, g.group_claim_no, 4) o
  LEFT JOIN claimbase.document d ON d.document_id = CASE WHEN o.origin ~ '^document\|[0-9a-f-]{36}$' THEN substr(o.origin, 10)::uuid END
  LEFT JOIN claimbase.source s ON s.source_id = d.source_id
 ORDER BY o.group_document_id, o.group_claim_no, o.known DESC, o.documents DESC, o.origin
