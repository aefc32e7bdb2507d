-- Which of these are stored; `bare` are those of which only the text is, without anything found in it; `undone_run`
-- is the import that brought it when that was taken back.
SELECT replace(d.document_id::text, '-', '') AS document_id,
       d.method_version = 'none' AND NOT EXISTS (
         SELECT FROM claimbase.sentence s WHERE s.document_id = d.document_id) AS bare,
       CASE d.method_version WHEN 'none' THEN
         (SELECT coalesce(max(l.link_no), 0) FROM claimbase.document_link l WHERE l.document_id = d.document_id)
       END AS last_link,
       CASE r.state WHEN 'undone' THEN r.run_id END AS undone_run
FROM claimbase.document d
JOIN claimbase.import_run r ON r.run_id = d.run_id
WHERE d.document_id = ANY ($1::uuid[])
