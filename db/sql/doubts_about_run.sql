-- Verdicts that are doubtful because of this import.
SELECT DISTINCT n.claim, n.status, n.detail
  FROM report.needs_review n
  JOIN claimbase.standing_evidence e ON e.document_id = n.document_id AND e.claim_no = n.claim_no
  JOIN claimbase.document d ON d.document_id = e.target_document_id
 WHERE n.reason = 'import_undone' AND d.run_id = $1::bigint ORDER BY n.claim LIMIT 20
