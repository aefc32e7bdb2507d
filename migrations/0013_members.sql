-- The consistency report for the role that may only read the schema report: which claims are in which group.

CREATE VIEW report.members AS
  SELECT claimbase.claim_ref(g.group_document_id, g.group_claim_no) AS cluster,
         claimbase.claim_ref(g.document_id, g.claim_no) AS claim,
         q.amounts AS quantities,
         g.document_id, g.claim_no, g.group_document_id, g.group_claim_no
    FROM claimbase.group_member g
    LEFT JOIN claimbase.claim_amounts q ON q.document_id = g.document_id AND q.claim_no = g.claim_no;
COMMENT ON VIEW report.members IS 'Which claims are in which group of report.consistency: those that agree, and single ones that others contradict.';
COMMENT ON COLUMN report.members.cluster IS 'The group, by its first claim, as in report.consistency.';
COMMENT ON COLUMN report.members.claim IS 'The claim.';
COMMENT ON COLUMN report.members.quantities IS 'What it counts and measures, in its own words.';
COMMENT ON COLUMN report.members.document_id IS 'The document''s full id.';
COMMENT ON COLUMN report.members.claim_no IS 'The claim''s number in its document.';
COMMENT ON COLUMN report.members.group_document_id IS 'The document of the group''s first claim.';
COMMENT ON COLUMN report.members.group_claim_no IS 'The number of the group''s first claim in its document.';

-- Roles that were made before must not have to be made again.
DO $grants$
DECLARE
  role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['claimbase_reader', 'claimbase_checker', 'claimbase_admin'] LOOP
    IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role) THEN
      EXECUTE format('GRANT SELECT ON report.members TO %I', role);
    END IF;
  END LOOP;
END $grants$;
