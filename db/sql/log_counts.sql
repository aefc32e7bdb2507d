SELECT count(DISTINCT document_id), count(*), current_database() FROM claimbase.verification
