COPY claimbase.rejected_row (run_id, rejected_no, file, line, reason, content) FROM STDIN (FORMAT binary)
