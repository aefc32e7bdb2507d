-- One list for each term and block; a list that is there already gets the new postings behind its own.
INSERT INTO claimbase.term_block (term, block_no, claims, postings)
SELECT b.term, b.block_no, b.claims, decode(b.postings, 'hex')
FROM unnest($1::integer[], $2::bigint[], $3::integer[], $4::text[]) AS b (term, block_no, claims, postings)
ON CONFLICT (term, block_no) DO UPDATE
SET claims = term_block.claims + excluded.claims, postings = term_block.postings || excluded.postings
