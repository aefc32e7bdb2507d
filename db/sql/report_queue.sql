-- One row a statement: of the claims that make it, the one that most speaks for checking. $1: of this source's claims.
SELECT q.priority, q.claim, q.source, q.speaker, q.modality, q.text, q.status, q.reasons, q.claims, q.sources, q.origins
  FROM (SELECT DISTINCT ON (c.statement_document_id, c.statement_claim_no) c.*
          FROM report.queue c WHERE $1::text IS NULL OR c.source = $1::text
         ORDER BY c.statement_document_id, c.statement_claim_no, c.priority DESC, c.checkworthy DESC, c.published, c.claim) q
 ORDER BY q.priority DESC, q.claim LIMIT $2::bigint
