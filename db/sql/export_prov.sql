-- Provenance as PROV-JSON wants it: rows of (bundle, section, id, body), a bundle for each import. Names are
-- qualified: cb: is the base of addresses. Relations have ids of their own (_:…).
WITH document AS (
  SELECT d.*, 'cb:document/' || d.document_id AS id, 'cb:import/' || d.run_id AS bundle, s.name AS source
    FROM claimbase.shown_document d JOIN claimbase.source s ON s.source_id = d.source_id
), claim AS (
  SELECT c.*, 'cb:claim/' || c.claim AS id, d.bundle, d.id AS article
    FROM report.claims c JOIN document d ON d.document_id = c.document_id
), speaker AS (
  SELECT p.speaker_id, 'cb:speaker/' || p.present_id AS id, p.name, p.kind FROM claimbase.present_speaker p
), link AS (
  SELECT l.*, d.id AS from_id, d.bundle,
         CASE WHEN l.target_document_id IS NOT NULL THEN 'cb:document/' || l.target_document_id
              ELSE 'cb:origin/' || left(encode(sha256(convert_to(coalesce(l.origin_key, l.target_url, l.target_name), 'UTF8')), 'hex'), 16)
         END AS to_id,
         CASE l.kind WHEN 'quotation' THEN 'prov:Quotation' WHEN 'republication' THEN 'prov:Quotation'
                     WHEN 'primary_source' THEN 'prov:PrimarySource' WHEN 'revision_of' THEN 'prov:Revision' END AS subtype
    FROM claimbase.document_link l JOIN document d ON d.document_id = l.document_id
   WHERE l.withdrawn_at IS NULL
), event AS (
  SELECT v.*, 'cb:verdict/' || v.document_id || '/' || v.seq AS id, 'cb:check/' || v.document_id || '/' || v.seq AS activity,
         'cb:person/' || left(encode(sha256(convert_to(v.actor, 'UTF8')), 'hex'), 16) AS person,
         'cb:claim/' || claimbase.claim_ref(v.document_id, v.claim_no) AS claim
    FROM claimbase.verification v
    JOIN document d ON d.document_id = v.document_id
   WHERE v.at <= (SELECT claimbase.as_of())
), used AS (
  SELECT e.activity, i.document_id, i.seq, i.evidence_no, i.stance, i.url,
         CASE WHEN i.target_claim_no IS NOT NULL THEN 'cb:claim/' || claimbase.claim_ref(i.target_document_id, i.target_claim_no)
              WHEN i.target_document_id IS NOT NULL THEN 'cb:document/' || i.target_document_id
              ELSE 'cb:evidence/' || i.document_id || '/' || i.seq || '/' || i.evidence_no END AS entity,
         i.target_document_id IS NULL AS own, i.path
    FROM claimbase.evidence i JOIN event e ON e.document_id = i.document_id AND e.seq = i.seq
), rows (bundle, section, id, body) AS (
  SELECT NULL, 'agent', 'cb:source/' || s.source_id, jsonb_build_object('prov:type',
           jsonb_build_object('$', 'prov:Organization', 'type', 'prov:QUALIFIED_NAME'), 'prov:label', s.name)
    FROM claimbase.source s WHERE s.source_id IN (SELECT d.source_id FROM document d)
  UNION ALL
  SELECT DISTINCT NULL, 'agent', p.id, jsonb_strip_nulls(jsonb_build_object('prov:type', CASE p.kind
           WHEN 'person' THEN jsonb_build_object('$', 'prov:Person', 'type', 'prov:QUALIFIED_NAME')
           WHEN 'organisation' THEN jsonb_build_object('$', 'prov:Organization', 'type', 'prov:QUALIFIED_NAME') END, 'prov:label', p.name))
    FROM speaker p WHERE p.speaker_id IN (SELECT c.speaker_id FROM claimbase.claim c WHERE c.speaker_id IS NOT NULL)
  UNION ALL
  SELECT DISTINCT NULL, 'agent', e.person, jsonb_build_object('prov:type',
           jsonb_build_object('$', 'prov:Person', 'type', 'prov:QUALIFIED_NAME'), 'prov:label', e.actor) FROM event e
  UNION ALL
  SELECT DISTINCT NULL, 'agent', 'cb:software/claimbase-' || r.program_version, jsonb_build_object('prov:type',
           jsonb_build_object('$', 'prov:SoftwareAgent', 'type', 'prov:QUALIFIED_NAME'), 'prov:label', 'claimbase ' || r.program_version)
    FROM claimbase.import_run r
  UNION ALL
  SELECT NULL, 'activity', 'cb:run/' || r.run_id, jsonb_strip_nulls(jsonb_build_object('prov:type', 'import',
           'prov:startTime', to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'prov:endTime', to_char(r.finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
    FROM claimbase.import_run r WHERE r.run_id IN (SELECT d.run_id FROM document d)
  UNION ALL
  SELECT NULL, 'wasAssociatedWith', '_:run-' || r.run_id, jsonb_build_object('prov:activity', 'cb:run/' || r.run_id,
           'prov:agent', 'cb:software/claimbase-' || r.program_version)
    FROM claimbase.import_run r WHERE r.run_id IN (SELECT d.run_id FROM document d)
  UNION ALL
  SELECT DISTINCT NULL, 'entity', d.bundle, jsonb_build_object('prov:type',
           jsonb_build_object('$', 'prov:Bundle', 'type', 'prov:QUALIFIED_NAME')) FROM document d
  UNION ALL
  SELECT DISTINCT NULL, 'wasGeneratedBy', '_:bundle-' || d.run_id, jsonb_build_object('prov:entity', d.bundle,
           'prov:activity', 'cb:run/' || d.run_id) FROM document d
  UNION ALL
  SELECT d.bundle, 'entity', d.id, jsonb_strip_nulls(jsonb_build_object('prov:type', d.kind, 'dcterms:title', d.title,
           'cb:url', d.url, 'cb:sha256', encode(d.text_sha256, 'hex'),
           'dcterms:issued', CASE WHEN d.published_at IS NOT NULL THEN jsonb_build_object('type', 'xsd:dateTime',
             '$', to_char(d.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) END)) FROM document d
  UNION ALL
  SELECT d.bundle, 'wasAttributedTo', '_:by-' || d.document_id, jsonb_build_object('prov:entity', d.id,
           'prov:agent', 'cb:source/' || d.source_id) FROM document d
  UNION ALL
  SELECT c.bundle, 'entity', c.id, jsonb_build_object('prov:type', 'claim', 'prov:value', c.text) FROM claim c
  UNION ALL
  SELECT c.bundle, 'wasDerivedFrom', '_:claim-' || c.document_id || '-' || c.claim_no, jsonb_build_object(
           'prov:generatedEntity', c.id, 'prov:usedEntity', c.article,
           'prov:type', jsonb_build_object('$', 'prov:Quotation', 'type', 'prov:QUALIFIED_NAME')) FROM claim c
  UNION ALL
  SELECT c.bundle, 'wasAttributedTo', '_:says-' || c.document_id || '-' || c.claim_no, jsonb_build_object('prov:entity', c.id,
           'prov:agent', p.id)
    FROM claim c JOIN claimbase.claim k ON k.document_id = c.document_id AND k.claim_no = c.claim_no
    JOIN speaker p ON p.speaker_id = k.speaker_id
  UNION ALL
  SELECT DISTINCT l.bundle, 'entity', l.to_id, jsonb_strip_nulls(jsonb_build_object('prov:type', 'origin',
           'prov:label', min(l.target_name) OVER (PARTITION BY l.bundle, l.to_id), 'cb:url', min(l.target_url) OVER (PARTITION BY l.bundle, l.to_id)))
    FROM link l WHERE l.target_document_id IS NULL
  UNION ALL
  SELECT l.bundle, 'wasDerivedFrom', '_:link-' || l.document_id || '-' || l.link_no, jsonb_strip_nulls(jsonb_build_object(
           'prov:generatedEntity', l.from_id, 'prov:usedEntity', l.to_id,
           'prov:type', CASE WHEN l.subtype IS NOT NULL THEN jsonb_build_object('$', l.subtype, 'type', 'prov:QUALIFIED_NAME') END,
           'cb:reason', l.reason, 'cb:statedBy', l.stated_by)) FROM link l
  UNION ALL
  SELECT l.bundle, 'alternateOf', '_:copy-' || l.document_id || '-' || l.link_no, jsonb_build_object('prov:alternate1', l.from_id,
           'prov:alternate2', l.to_id) FROM link l WHERE l.kind = 'republication'
  UNION ALL
  SELECT NULL, 'entity', e.id, jsonb_strip_nulls(jsonb_build_object('prov:type', 'verdict', 'prov:value', e.to_status, 'cb:note', e.note,
           'cb:hash', encode(e.hash, 'hex'))) FROM event e
  UNION ALL
  SELECT NULL, 'activity', e.activity, jsonb_build_object('prov:type', e.event,
           'prov:endTime', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) FROM event e
  UNION ALL
  SELECT NULL, 'wasGeneratedBy', '_:verdict-' || e.document_id || '-' || e.seq, jsonb_build_object('prov:entity', e.id,
           'prov:activity', e.activity) FROM event e
  UNION ALL
  SELECT NULL, 'wasAssociatedWith', '_:checker-' || e.document_id || '-' || e.seq, jsonb_build_object('prov:activity', e.activity,
           'prov:agent', e.person) FROM event e
  UNION ALL
  SELECT NULL, 'used', '_:checked-' || e.document_id || '-' || e.seq, jsonb_build_object('prov:activity', e.activity,
           'prov:entity', e.claim) FROM event e
  UNION ALL
  SELECT NULL, 'entity', u.entity, jsonb_strip_nulls(jsonb_build_object('prov:type', 'evidence', 'cb:url', u.url, 'cb:path', u.path))
    FROM used u WHERE u.own
  UNION ALL
  SELECT NULL, 'used', '_:evidence-' || u.document_id || '-' || u.seq || '-' || u.evidence_no, jsonb_build_object(
           'prov:activity', u.activity, 'prov:entity', u.entity, 'cb:stance', u.stance) FROM used u
)
SELECT r.bundle, r.section, r.id, r.body FROM rows r ORDER BY r.bundle NULLS FIRST, r.section, r.id
