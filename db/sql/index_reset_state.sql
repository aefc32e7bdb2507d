UPDATE claimbase.term_index SET method_version = $1::text, next_ordinal = 0, claims = 0, words = 0, changes = changes + 1 WHERE index_no = 1
