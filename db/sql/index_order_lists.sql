-- The lists of a term one behind the other, as they are read. Each batch wrote its own behind those of the batch before.
CLUSTER claimbase.term_block USING term_block_pk
