SELECT $1::timestamptz
