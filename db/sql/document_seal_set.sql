UPDATE claimbase.document SET seal = claimbase.document_seal(document_id) WHERE document_id = $1::uuid
