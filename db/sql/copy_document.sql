COPY claimbase.document (document_id, source_id, run_id, kind, external_id, url, title, byline, site_name,
  language, published_at, modified_at, retrieved_at, media_type, text, text_sha256, raw, raw_sha256,
  raw_location, method_version, seal) FROM STDIN (FORMAT binary)
