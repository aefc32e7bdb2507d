SELECT claimbase.init_roles() AS done
