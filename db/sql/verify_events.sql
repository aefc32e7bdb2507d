-- Every event with its evidence, one row a piece of evidence, all values as they are hashed.
SELECT v.document_id::text, v.seq::text, v.claim_no::text, v.event, v.from_status, v.to_status, v.actor,
       encode(timestamptz_send(v.at), 'hex'), v.note, v.credibility::text, v.circular::text, v.second_required::text, v.found,
       v.about_seq::text, v.about_evidence_no::text, encode(v.claim_digest, 'hex'), encode(v.evidence_digest, 'hex'),
       v.recorded_by, encode(v.prev_hash, 'hex'), encode(v.hash, 'hex'), v.prev_seq::text,
       c.start_offset::text, c.end_offset::text, c.quote, c.text,
       i.evidence_no::text, i.kind, i.stance, i.url, encode(timestamptz_send(i.retrieved_at), 'hex'), i.target_document_id::text,
       i.target_claim_no::text, i.path, encode(i.sha256, 'hex'), i.note, i.circular::text
  FROM claimbase.verification v
  LEFT JOIN claimbase.claim c ON c.document_id = v.document_id AND c.claim_no = v.claim_no
  LEFT JOIN claimbase.evidence i ON i.document_id = v.document_id AND i.seq = v.seq
 ORDER BY v.document_id, v.seq, i.evidence_no
