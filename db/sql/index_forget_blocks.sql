DELETE FROM claimbase.term_block
