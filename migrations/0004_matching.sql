-- What matching reads and keeps. All of it is derived: it can be thrown away and is made anew.

-- A claim as people name it: the first eight digits of its document's id, and its number.
CREATE FUNCTION claimbase.claim_ref(document_id uuid, claim_no integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(document_id::text, 8) || '.' || claim_no::text;
COMMENT ON FUNCTION claimbase.claim_ref IS 'A claim as people name it: "3f2a9b1c.12". Any prefix of the document''s id that is unique is understood.';

-- ------------------------------------------------------------------ the index

-- Posting lists name a claim by a dense number, so that they stay small. The GIN index on the terms gives way to
-- them: a list is read whole, without a visit to each claim's row.
TRUNCATE claimbase.claim_terms;
DROP INDEX claimbase.claim_terms_terms;
ALTER TABLE claimbase.claim_terms ADD COLUMN ordinal bigint NOT NULL;
COMMENT ON COLUMN claimbase.claim_terms.ordinal IS 'The number by which posting lists name the claim.';
COMMENT ON COLUMN claimbase.claim_terms.terms IS 'Hashed stems of the content words, ascending, each once.';
CREATE INDEX claim_terms_ordinal ON claimbase.claim_terms (ordinal);

CREATE TABLE claimbase.term_index (
  index_no       bigint NOT NULL,
  method_version text NOT NULL,
  next_ordinal   bigint NOT NULL,
  claims         bigint NOT NULL,
  words          bigint NOT NULL,
  changes        bigint NOT NULL,
  CONSTRAINT term_index_pk PRIMARY KEY (index_no),
  CONSTRAINT term_index_only_one CHECK (index_no = 1)
);
COMMENT ON TABLE claimbase.term_index IS 'One row: the method by which the index was made, the next free ordinal, and the sums that BM25 needs. Who indexes or matches holds the row.';
COMMENT ON COLUMN claimbase.term_index.changes IS 'Goes up with every transaction of indexing and matching, so that a program knows when another one worked in between.';
INSERT INTO claimbase.term_index VALUES (1, '', 0, 0, 0, 0);

-- What is to be matched is a short list of its own, not a mark on each claim.
DROP INDEX claimbase.claim_terms_unmatched;
ALTER TABLE claimbase.claim_terms DROP COLUMN matched;
COMMENT ON TABLE claimbase.claim_terms IS 'Hashed stems of each claim (match/terms.h).';
CREATE TABLE claimbase.match_due (
  document_id uuid NOT NULL,
  matched     boolean NOT NULL DEFAULT false,
  CONSTRAINT match_due_pk PRIMARY KEY (document_id),
  CONSTRAINT match_due_document_fk FOREIGN KEY (document_id) REFERENCES claimbase.document ON DELETE CASCADE
);
COMMENT ON TABLE claimbase.match_due IS 'Documents whose claims are indexed but not matched yet, or are to be matched again.';
COMMENT ON COLUMN claimbase.match_due.matched IS 'Its matches are found; its clusters and origins are still to be worked out.';

CREATE TABLE claimbase.indexed_run (
  run_id bigint NOT NULL,
  CONSTRAINT indexed_run_pk PRIMARY KEY (run_id)
);
COMMENT ON TABLE claimbase.indexed_run IS 'Imports that were finished when their claims were indexed: nothing new can be in them.';

CREATE TABLE claimbase.term_block (
  term     integer NOT NULL,
  block_no bigint NOT NULL,
  claims   integer NOT NULL,
  postings bytea NOT NULL,
  CONSTRAINT term_block_pk PRIMARY KEY (term, block_no),
  CONSTRAINT term_block_postings_size CHECK (octet_length(postings) = 4 * claims)
);
COMMENT ON TABLE claimbase.term_block IS 'Posting lists: which claims have a term, 65,536 ordinals a block, four bytes a claim (match/posting.h).';
ALTER TABLE claimbase.term_block ALTER COLUMN postings SET STORAGE EXTERNAL;

-- ------------------------------------------------------------------ texts that are nearly the same

CREATE TABLE claimbase.document_sketch (
  document_id    uuid NOT NULL,
  method_version text NOT NULL,
  paragraphs     integer NOT NULL,
  bands          bigint[] NOT NULL,
  CONSTRAINT document_sketch_pk PRIMARY KEY (document_id),
  CONSTRAINT document_sketch_document_fk FOREIGN KEY (document_id) REFERENCES claimbase.document ON DELETE CASCADE
);
COMMENT ON TABLE claimbase.document_sketch IS 'MinHash bands of an article''s paragraphs: articles that share one are compared word by word.';
CREATE INDEX document_sketch_bands ON claimbase.document_sketch USING gin (bands);

CREATE TABLE claimbase.document_likeness (
  document_id       uuid NOT NULL,
  other_document_id uuid NOT NULL,
  share             real NOT NULL,
  other_share       real NOT NULL,
  CONSTRAINT document_likeness_pk PRIMARY KEY (document_id, other_document_id),
  CONSTRAINT document_likeness_document_fk FOREIGN KEY (document_id) REFERENCES claimbase.document ON DELETE CASCADE,
  CONSTRAINT document_likeness_least_first CHECK (document_id < other_document_id),
  CONSTRAINT document_likeness_range CHECK (share BETWEEN 0 AND 1 AND other_share BETWEEN 0 AND 1)
);
COMMENT ON TABLE claimbase.document_likeness IS 'Articles with text in common: the share of the words of each that stand in the other, in runs of eight.';
CREATE INDEX document_likeness_other ON claimbase.document_likeness (other_document_id);
CREATE INDEX document_link_url ON claimbase.document_link (target_url) WHERE target_url IS NOT NULL;
