-- A sample of the columns by which rows are found and joined. Autovacuum counts only ANALYZE of all columns, so the rest
-- is still done by it. What somebody else works on just now is left out.
ANALYZE (SKIP_LOCKED) claimbase.document (document_id, source_id, run_id, kind, url, external_id, published_at, imported_at),
  claimbase.document_link (document_id, link_no, kind, target_document_id, origin_key)
