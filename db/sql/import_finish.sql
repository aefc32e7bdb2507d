SELECT claimbase.import_finish()
