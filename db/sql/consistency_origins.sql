-- What stands behind each group; of an origin that is a document, whose it is.
WITH origin AS MATERIALIZED (
  SELECT o.document_id, o.origin, o.name, o.known, o.reason, o.source FROM report.origins o
)
SELECT g.grp, g.origin, g.known, g.reason, g.documents, s.source, g.name
  FROM (SELECT m.group_document_id, m.group_claim_no, m.group_document_id::text || '.' || m.group_claim_no AS grp,
               coalesce(o.origin, 'document|' || m.document_id::text) AS origin,
               min(coalesce(o.name, 'document ' || left(m.document_id::text, 8))) AS name,
               bool_or(coalesce(o.known, false)) AS known, min(coalesce(o.reason, 'no lineage is recorded')) AS reason,
               count(*) AS documents
          FROM (SELECT DISTINCT n.group_document_id, n.group_claim_no, n.document_id FROM report.members n) m
          LEFT JOIN origin o ON o.document_id = m.document_id
         GROUP BY m.group_document_id, m.group_claim_no, 4) g
  LEFT JOIN (SELECT DISTINCT 'document|' || o.document_id::text AS origin, o.source FROM origin o) s ON s.origin = g.origin
 ORDER BY g.group_document_id, g.group_claim_no, g.known DESC, g.documents DESC, g.origin
