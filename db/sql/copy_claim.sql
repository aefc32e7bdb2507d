COPY claimbase.claim (document_id, claim_no, sentence_no, kind, modality, start_offset, end_offset, quote,
  prefix, suffix, text, speaker_id, checkworthy) FROM STDIN (FORMAT binary)
