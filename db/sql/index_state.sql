-- Held until the transaction ends: one program at a time adds to the index.
SELECT method_version, next_ordinal, claims, words, changes FROM claimbase.term_index WHERE index_no = 1 FOR UPDATE
