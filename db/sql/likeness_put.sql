INSERT INTO claimbase.document_likeness (document_id, other_document_id, share, other_share)
VALUES ($1::uuid, $2::uuid, $3::real, $4::real)
ON CONFLICT (document_id, other_document_id) DO UPDATE SET share = excluded.share, other_share = excluded.other_share
