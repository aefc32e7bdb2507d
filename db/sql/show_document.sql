SELECT d.document, d.title, d.source, d.byline, d.published, d.url, d.kind, d.language, d.sentences, d.claims, d.origins, d.retracted,
       d.external_id, d.modified, d.retrieved, d.imported, d.run, d.media_type, d.characters, d.text_sha256, d.document_id
  FROM report.documents d WHERE d.document_id = $1::uuid
