COPY claimbase.attribution (document_id, claim_no, attribution_no, role, speaker_id, name, source_start,
  source_end, cue_start, cue_end, content) FROM STDIN (FORMAT binary)
