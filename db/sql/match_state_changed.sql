UPDATE claimbase.term_index SET changes = changes + 1 WHERE index_no = 1
