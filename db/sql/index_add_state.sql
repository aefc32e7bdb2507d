UPDATE claimbase.term_index
SET next_ordinal = next_ordinal + $1::bigint, claims = claims + $1::bigint, words = words + $2::bigint,
    changes = changes + 1
WHERE index_no = 1
