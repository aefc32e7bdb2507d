-- As import_analyze_documents does.
ANALYZE (SKIP_LOCKED) claimbase.sentence (document_id, sentence_no), claimbase.claim (document_id, claim_no, sentence_no, kind, speaker_id),
  claimbase.attribution (document_id, claim_no, attribution_no, speaker_id, role), claimbase.quantity (document_id, claim_no, quantity_no, kind),
  claimbase.speaker (speaker_id, key, merged_into), claimbase.speaker_alias
