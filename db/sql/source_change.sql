SELECT c.field, c.old_value, c.new_value, c.actor, c.at FROM claimbase.change_source($1::text, $2::text, $3::text, $4::text, $5::text) c
