SELECT claimbase.extend_log()
