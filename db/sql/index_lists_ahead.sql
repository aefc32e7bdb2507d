-- Reads the lists that are about to grow. (The empty arrays: index_lists)
SELECT sum(claims) FROM claimbase.term_block
WHERE (term = ANY ($1::integer[]) OR term = ANY ('{}'::integer[])) AND block_no BETWEEN $2::bigint AND $3::bigint
