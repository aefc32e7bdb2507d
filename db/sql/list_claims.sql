-- $5: a document's id; $7: how checkable a claim that nobody has looked at must be
SELECT c.claim, c.source, c.speaker, c.modality, c.status, c.text
  FROM report.claims c
 WHERE ($1::text IS NULL OR c.source = $1::text)
   AND ($2::text IS NULL OR c.status = $2::text)
   AND ($3::text IS NULL OR strpos(lower(c.speaker), lower($3::text)) > 0)
   AND ($4::timestamptz IS NULL OR c.published >= $4::timestamptz)
   AND ($5::uuid IS NULL OR c.document_id = $5::uuid)
   AND (c.checkworthy >= $7::real OR c.status <> 'unverified')
 ORDER BY c.imported, c.document_id, c.claim_no
 LIMIT $6::bigint
