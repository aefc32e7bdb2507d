-- The log up to size $1, with what its subjects are now, as hashed.
SELECT l.leaf_no, l.subject::text, l.seq::text, encode(l.leaf_hash, 'hex'), encode(d.text_sha256, 'hex'), encode(d.seal, 'hex'),
       encode(v.hash, 'hex'), d.document_id IS NOT NULL, v.document_id IS NOT NULL
  FROM claimbase.log_leaf l
  LEFT JOIN claimbase.document d ON d.document_id = l.subject AND l.seq IS NULL
  LEFT JOIN claimbase.verification v ON v.document_id = l.subject AND v.seq = l.seq
 WHERE l.leaf_no < $1::bigint
 ORDER BY l.leaf_no
