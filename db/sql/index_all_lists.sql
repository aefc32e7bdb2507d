SELECT term, block_no, postings FROM claimbase.term_block
