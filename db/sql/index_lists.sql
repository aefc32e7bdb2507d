SELECT term, block_no, postings FROM claimbase.term_block WHERE term = ANY ($1::integer[]) ORDER BY term, block_no
