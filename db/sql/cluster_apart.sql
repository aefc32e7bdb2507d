-- From these clusters and single claims, given by their names, to those that may have to be kept apart from them: by a
-- contradiction, or by a person's word, which may have been taken back. Each by its name.
WITH k AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::integer[]) AS k (document_id, claim_no)),
     member AS MATERIALIZED (
       SELECT k.document_id AS name_document_id, k.claim_no AS name_claim_no, c.document_id, c.claim_no
       FROM k JOIN claimbase.claim_cluster c ON c.cluster_document_id = k.document_id AND c.cluster_claim_no = k.claim_no
       UNION
       SELECT k.document_id, k.claim_no, k.document_id, k.claim_no FROM k),
     pair AS (
       SELECT b.name_document_id, b.name_claim_no, m.other_document_id AS document_id, m.other_claim_no AS claim_no
       FROM member b JOIN claimbase.claim_match m ON m.document_id = b.document_id AND m.claim_no = b.claim_no
       WHERE m.relation = 'contradicts'
       UNION ALL
       SELECT b.name_document_id, b.name_claim_no, m.document_id, m.claim_no
       FROM member b JOIN claimbase.claim_match m ON m.other_document_id = b.document_id AND m.other_claim_no = b.claim_no
       WHERE m.relation = 'contradicts'
       UNION ALL
       SELECT b.name_document_id, b.name_claim_no, d.other_document_id, d.other_claim_no
       FROM member b JOIN claimbase.match_decision d ON d.document_id = b.document_id AND d.claim_no = b.claim_no
       UNION ALL
       SELECT b.name_document_id, b.name_claim_no, d.document_id, d.claim_no
       FROM member b JOIN claimbase.match_decision d ON d.other_document_id = b.document_id AND d.other_claim_no = b.claim_no)
SELECT DISTINCT p.name_document_id, p.name_claim_no, coalesce(o.cluster_document_id, p.document_id),
       coalesce(o.cluster_claim_no, p.claim_no)
FROM pair p LEFT JOIN claimbase.claim_cluster o ON o.document_id = p.document_id AND o.claim_no = p.claim_no
