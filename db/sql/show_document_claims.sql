-- The claims of one document, which is shown above them: no source. Only what can be checked, or somebody looked at.
SELECT c.claim, c.speaker, c.modality, c.status, c.text
  FROM report.claims c
 WHERE c.document_id = $1::uuid AND (c.checkworthy >= 0.2 OR c.status <> 'unverified')
 ORDER BY c.claim_no LIMIT 1000
