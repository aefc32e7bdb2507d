SELECT c.at, c.field, c.old_value, c.new_value, c.actor, c.note
  FROM claimbase.source_change c WHERE c.source_id = claimbase.find_source($1::text) ORDER BY c.change_no
