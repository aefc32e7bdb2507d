SELECT method_version, next_ordinal, claims, words, changes FROM claimbase.term_index WHERE index_no = 1
