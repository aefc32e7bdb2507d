-- Claims of these documents that were in clusters, or of which a person said something: what holds of them may have
-- been taken back since. Claims that only got company are merged (cluster_fresh).
SELECT document_id, claim_no FROM claimbase.match_decision WHERE document_id = ANY ($1::uuid[])
UNION
SELECT other_document_id, other_claim_no FROM claimbase.match_decision WHERE other_document_id = ANY ($1::uuid[])
UNION
SELECT document_id, claim_no FROM claimbase.claim_cluster WHERE document_id = ANY ($1::uuid[])
