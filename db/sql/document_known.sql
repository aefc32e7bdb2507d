-- Which of these are stored; `bare` are those of which only the text is, without anything found in it.
SELECT replace(d.document_id::text, '-', '') AS document_id,
       d.method_version = 'none' AND NOT EXISTS (
         SELECT FROM claimbase.sentence s WHERE s.document_id = d.document_id) AS bare,
       CASE d.method_version WHEN 'none' THEN
         (SELECT coalesce(max(l.link_no), 0) FROM claimbase.document_link l WHERE l.document_id = d.document_id)
       END AS last_link
FROM claimbase.document d WHERE d.document_id = ANY ($1::uuid[])
