-- The verification ledger: one hash chain per document, kept by constraints. A row's hash covers everything
-- in it and the hash before it; the foreign key to the row before refuses gaps, forks and edits.

CREATE TABLE claimbase.status (
  status text NOT NULL,
  meaning text NOT NULL,
  CONSTRAINT status_pk PRIMARY KEY (status)
);
INSERT INTO claimbase.status VALUES
  ('unverified',   'nobody has looked at it yet'),
  ('in_review',    'somebody is checking it'),
  ('verified',     'checked and found true, with evidence'),
  ('disputed',     'somebody contradicts it, for a stated reason'),
  ('refuted',      'checked and found false, with evidence'),
  ('unverifiable', 'looked at, and can not be checked');
COMMENT ON TABLE claimbase.status IS 'The states of a claim.';

CREATE TABLE claimbase.status_transition (
  from_status    text NOT NULL,
  to_status      text NOT NULL,
  needs_note     boolean NOT NULL DEFAULT false,
  needs_evidence boolean NOT NULL DEFAULT false,
  CONSTRAINT status_transition_pk PRIMARY KEY (from_status, to_status),
  CONSTRAINT status_transition_from_fk FOREIGN KEY (from_status) REFERENCES claimbase.status,
  CONSTRAINT status_transition_to_fk FOREIGN KEY (to_status) REFERENCES claimbase.status
);
COMMENT ON TABLE claimbase.status_transition IS 'The moves that are allowed, and what each needs. "disputed" needs a note or a conflicting claim as evidence.';

CREATE TABLE claimbase.verification (
  document_id     uuid NOT NULL,
  seq             bigint NOT NULL,
  claim_no        integer NOT NULL,
  event           text NOT NULL DEFAULT 'mark',
  from_status     text NOT NULL,
  to_status       text NOT NULL,
  actor           text NOT NULL,
  at              timestamptz NOT NULL,
  note            text,
  credibility     smallint NOT NULL DEFAULT 6,
  circular        boolean NOT NULL DEFAULT false,
  evidence_digest bytea NOT NULL,
  prev_seq        bigint,
  prev_hash       bytea,
  hash            bytea NOT NULL,
  CONSTRAINT verification_pk PRIMARY KEY (document_id, seq),
  CONSTRAINT verification_hash_unique UNIQUE (document_id, seq, hash),
  CONSTRAINT verification_claim_fk FOREIGN KEY (document_id, claim_no) REFERENCES claimbase.claim,
  CONSTRAINT verification_from_fk FOREIGN KEY (from_status) REFERENCES claimbase.status,
  CONSTRAINT verification_to_fk FOREIGN KEY (to_status) REFERENCES claimbase.status,
  CONSTRAINT verification_previous_fk FOREIGN KEY (document_id, prev_seq, prev_hash)
    REFERENCES claimbase.verification (document_id, seq, hash),
  CONSTRAINT verification_chain CHECK (
    (seq = 1 AND prev_seq IS NULL AND prev_hash IS NULL)
    OR (seq > 1 AND prev_seq IS NOT NULL AND prev_seq = seq - 1 AND prev_hash IS NOT NULL)),
  CONSTRAINT verification_event_known CHECK (event IN ('mark', 'evidence_withdrawn', 'second_check')),
  CONSTRAINT verification_credibility_digit CHECK (credibility BETWEEN 1 AND 6),
  CONSTRAINT verification_actor_given CHECK (actor <> '')
);
COMMENT ON TABLE claimbase.verification IS 'Every change of a claim''s status: append only, through claimbase.append_verification.';
COMMENT ON COLUMN claimbase.verification.credibility IS 'Admiralty digit 1 (confirmed) to 5 (improbable); 6 is not judged, never a middle value.';
CREATE INDEX verification_claim ON claimbase.verification (document_id, claim_no, seq DESC);

CREATE TABLE claimbase.evidence (
  document_id        uuid NOT NULL,
  seq                bigint NOT NULL,
  evidence_no        integer NOT NULL,
  kind               text NOT NULL,
  stance             text NOT NULL DEFAULT 'supports',
  url                text,
  retrieved_at       timestamptz,
  target_document_id uuid,
  target_claim_no    integer,
  path               text,
  sha256             bytea,
  note               text,
  circular           boolean NOT NULL DEFAULT false,
  CONSTRAINT evidence_pk PRIMARY KEY (document_id, seq, evidence_no),
  CONSTRAINT evidence_verification_fk FOREIGN KEY (document_id, seq) REFERENCES claimbase.verification,
  CONSTRAINT evidence_kind_known CHECK (kind IN ('url', 'document', 'claim', 'file')),
  CONSTRAINT evidence_stance_known CHECK (stance IN ('supports', 'refutes', 'context')),
  CONSTRAINT evidence_names_its_object CHECK (
    CASE kind WHEN 'url' THEN url IS NOT NULL
              WHEN 'file' THEN path IS NOT NULL
              WHEN 'document' THEN target_document_id IS NOT NULL
              ELSE target_document_id IS NOT NULL AND target_claim_no IS NOT NULL END),
  CONSTRAINT evidence_sha256_size CHECK (octet_length(sha256) = 32)
);
COMMENT ON COLUMN claimbase.evidence.circular IS 'It descends from the document it is to prove; allowed only on request, and it does not count.';
CREATE INDEX evidence_target ON claimbase.evidence (target_document_id) WHERE target_document_id IS NOT NULL;
