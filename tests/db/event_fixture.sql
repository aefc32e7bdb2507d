-- An invented event in four documents, for the tests of the ledger and of the reports. The functions make rows as the
-- importer makes them: ids, hashes and seals fit.
CREATE SCHEMA test;

CREATE FUNCTION test.document_id(source text, url text, body text) RETURNS uuid LANGUAGE sql AS $$
  SELECT encode(set_byte(set_byte(h, 6, (get_byte(h, 6) & 15) | 128), 8, (get_byte(h, 8) & 63) | 128), 'hex')::uuid
    FROM (SELECT substr(sha256(claimbase.field(source) || claimbase.field(url) || claimbase.field(body)), 1, 16) AS h) x
$$;

-- Sentences end with a full stop; each of `claims` is a stretch of the text.
CREATE FUNCTION test.document(source text, url text, published timestamptz, run bigint, body text, speaker text, claims text[])
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  id uuid := test.document_id(source, url, body);
  at integer := 0;
  no integer := 0;
  piece text;
  words text;
BEGIN
  INSERT INTO claimbase.source (name) VALUES (source) ON CONFLICT DO NOTHING;
  INSERT INTO claimbase.document (document_id, source_id, run_id, url, title, published_at, text, text_sha256, method_version)
    SELECT id, s.source_id, run, document.url, split_part(body, '.', 1), published, body, sha256(convert_to(body, 'UTF8')), 'test 1'
      FROM claimbase.source s WHERE s.name = source;
  FOREACH piece IN ARRAY string_to_array(rtrim(body, '.'), '. ') LOOP
    no := no + 1;
    INSERT INTO claimbase.sentence VALUES (id, no, 1, 'body', at, at + char_length(piece) + 1);
    at := at + char_length(piece) + 2;
  END LOOP;
  no := 0;
  FOREACH words IN ARRAY claims LOOP
    no := no + 1;
    at := strpos(body, words) - 1;
    INSERT INTO claimbase.claim (document_id, claim_no, sentence_no, kind, start_offset, end_offset, quote, prefix, suffix, speaker_id, checkworthy)
      SELECT id, no, (SELECT max(s.sentence_no) FROM claimbase.sentence s WHERE s.document_id = id AND s.start_offset <= at), 'indirect',
             at, at + char_length(words), words, right(left(body, at), 20), left(substr(body, at + char_length(words) + 1), 20),
             (SELECT p.speaker_id FROM claimbase.speaker p WHERE p.name = speaker AND no = 1), 0.7;
  END LOOP;
  UPDATE claimbase.document SET seal = claimbase.document_seal(id) WHERE document_id = id;
  RETURN id;
END $$;

CREATE FUNCTION test.match(a uuid, a_no integer, b uuid, b_no integer, what text, why text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO claimbase.claim_match
    SELECT least(a, b), CASE WHEN a < b THEN a_no ELSE b_no END, greatest(a, b), CASE WHEN a < b THEN b_no ELSE a_no END,
           what, 0.9, ARRAY[why], 'claimbase-match', '1'
$$;

-- n digits, then a word: the quantity of a claim
CREATE FUNCTION test.quantity(id uuid, no integer, words text, bound double precision) RETURNS void LANGUAGE sql AS $$
  INSERT INTO claimbase.quantity (document_id, claim_no, quantity_no, kind, start_offset, end_offset, low, high, counted)
    SELECT id, no, 1, 'count', c.start_offset + strpos(c.quote, words) - 1, c.start_offset + strpos(c.quote, words) - 1 + char_length(words),
           bound, bound, 'people' FROM claimbase.claim c WHERE c.document_id = id AND c.claim_no = no
$$;

INSERT INTO claimbase.import_run (actor, program_version, method_version, kind, state)
  VALUES ('ann', '1', 'test 1', 'articles', 'done'), ('bob', '1', 'test 1', 'articles', 'done');
INSERT INTO claimbase.speaker (key, name, kind) VALUES ('ada lund', 'Ada Lund', 'person'), ('city police', 'City police', 'organisation');

CREATE TABLE test.name (name text PRIMARY KEY, id uuid NOT NULL);
INSERT INTO test.name VALUES
  ('harbour', test.document('Harbour News', 'http://harbour.example/1', '2024-05-01', 1,
    'Ada Lund told the Tidings that almost 8 thousand people crossed. Nobody was hurt. The bridge is open.', 'Ada Lund',
    '{almost 8 thousand people crossed,Nobody was hurt,The bridge is open}')),
  ('coast', test.document('Coast Radio', 'http://coast.example/1', '2024-05-02', 1,
    'About 8,000 people crossed, Ada Lund told the Tidings. No one was injured.', 'Ada Lund',
    '{"About 8,000 people crossed",No one was injured}')),
  ('city', test.document('City Post', 'http://city.example/1', '2024-05-03', 1,
    'Police counted 5,000 people. Twelve were injured.', 'City police', '{"Police counted 5,000 people",Twelve were injured}')),
  ('late', test.document('City Post', 'http://city.example/2', '2024-05-04', 2,
    'The bridge is open, the office said. Überall ist Ruhe – 静か.', NULL, '{The bridge is open,Überall ist Ruhe – 静か}'));

-- the harbour's and the coast's article carry one interview
INSERT INTO claimbase.document_link (document_id, link_no, kind, target_name, origin_key, reason)
  SELECT id, 1, 'primary_source', 'The Tidings', 'interview|the tidings|ada lund', 'told the Tidings' FROM test.name WHERE name IN ('harbour', 'coast');
INSERT INTO claimbase.document_origin
  SELECT id, 'interview|the tidings|ada lund', true, 'told the Tidings' FROM test.name WHERE name IN ('harbour', 'coast')
  UNION ALL SELECT id, 'document|' || id, false, 'no lineage is recorded' FROM test.name WHERE name IN ('city', 'late');

CREATE FUNCTION test.id(which text) RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT n.id FROM test.name n WHERE n.name = which $$;
SELECT test.match(test.id('harbour'), 1, test.id('coast'), 1, 'agrees', 'same_quantity'),
       test.match(test.id('harbour'), 1, test.id('city'), 1, 'contradicts', 'different_quantity'),
       test.match(test.id('harbour'), 2, test.id('coast'), 2, 'agrees', 'same_words'),
       test.match(test.id('harbour'), 2, test.id('city'), 2, 'contradicts', 'negated'),
       test.match(test.id('harbour'), 3, test.id('late'), 1, 'agrees', 'same_words');
INSERT INTO claimbase.claim_cluster
  SELECT test.id(d), no, test.id(c), cno FROM (VALUES ('harbour', 1, 'harbour', 1), ('coast', 1, 'harbour', 1), ('harbour', 2, 'harbour', 2),
    ('coast', 2, 'harbour', 2), ('harbour', 3, 'harbour', 3), ('late', 1, 'harbour', 3)) v(d, no, c, cno);
SELECT test.quantity(test.id('harbour'), 1, 'almost 8 thousand', 8000), test.quantity(test.id('coast'), 1, 'About 8,000', 8000),
       test.quantity(test.id('city'), 1, '5,000', 5000);

-- what the tests call
CREATE FUNCTION test.mark(which text, no integer, to_status text, actor text, note text DEFAULT NULL, evidence jsonb DEFAULT '[]',
  circular boolean DEFAULT false, second boolean DEFAULT false, expected bigint DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
  SELECT v.seq || ' ' || v.event || ' ' || v.from_status || ' ' || v.to_status
    FROM claimbase.append_verification(test.id(which), no, to_status, actor, note, NULL, evidence, circular, second, expected) v
$$;
CREATE FUNCTION test.url(stance text DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('kind', 'url', 'url', 'https://proof.example/', 'stance', stance)))
$$;
