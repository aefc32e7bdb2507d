-- Articles that share a band with this one, those that share most first.
SELECT s.document_id, d.text
FROM (SELECT o.document_id,
             (SELECT count(*) FROM unnest(o.bands) AS b WHERE b = ANY ($2::bigint[])) AS shared
      FROM claimbase.document_sketch o
      WHERE o.bands && $2::bigint[] AND o.document_id <> $1::uuid) s
JOIN claimbase.shown_document d ON d.document_id = s.document_id
ORDER BY s.shared DESC, s.document_id
LIMIT 200
