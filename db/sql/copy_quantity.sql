COPY claimbase.quantity (document_id, claim_no, quantity_no, kind, start_offset, end_offset, low, high, unit,
  counted, approx, period, date) FROM STDIN (FORMAT binary)
