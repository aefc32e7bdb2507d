-- $2 NULL: all claims of the document
SELECT h.at, h.claim, h.event, h.from_status, h.to_status, h.actor, h.note, h.evidence, h.found, h.withdrawn, h.credibility, h.seq, h.hash
  FROM report.history h
 WHERE h.document_id = $1::uuid AND ($2::integer IS NULL OR h.claim_no = $2::integer)
 ORDER BY h.seq
