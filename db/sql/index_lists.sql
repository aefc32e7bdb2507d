-- The empty array finds nothing. With it the planner has to make a bitmap of the pages, which are then asked of the disk
-- many at a time; along an index they would be read one after the other.
SELECT term, block_no, postings FROM claimbase.term_block
WHERE term = ANY ($1::integer[]) OR term = ANY ('{}'::integer[])
ORDER BY term, block_no
