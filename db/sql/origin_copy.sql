COPY claimbase.document_origin (document_id, origin, known, reason) FROM STDIN (FORMAT binary)
