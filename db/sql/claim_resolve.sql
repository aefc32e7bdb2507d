-- Claims of number $3 in documents whose id lies between $1 and $2, or with the external id $4. More than
-- one row: what was typed fits several.
SELECT c.document_id, c.claim_no, claimbase.claim_ref(c.document_id, c.claim_no) AS claim, left(c.quote, 60) AS quote
FROM claimbase.claim c
WHERE c.document_id BETWEEN $1::uuid AND $2::uuid AND c.claim_no = $3::integer
UNION
SELECT c.document_id, c.claim_no, claimbase.claim_ref(c.document_id, c.claim_no), left(c.quote, 60)
FROM claimbase.document d JOIN claimbase.claim c USING (document_id)
WHERE d.external_id = $4::text AND d.kind = 'claim_record'
ORDER BY 1, 2
LIMIT 4
