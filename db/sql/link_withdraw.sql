-- Whoever stated it: a link that the program found can be wrong too.
UPDATE claimbase.document_link SET withdrawn_at = clock_timestamp(), withdrawn_by = $5::text
WHERE document_id = $1::uuid AND kind = $2::text AND withdrawn_at IS NULL
  AND ($3::uuid IS NULL OR target_document_id = $3::uuid)
  AND ($4::text IS NULL OR target_url = $4::text OR lower(target_name) = lower($4::text))
