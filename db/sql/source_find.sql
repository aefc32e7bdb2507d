-- By another name, by the name itself, else by the domain of the address.
SELECT s.source_id, s.name
FROM claimbase.source s
LEFT JOIN claimbase.source_alias a ON a.source_id = s.source_id AND a.alias = $1::text
WHERE a.alias IS NOT NULL OR s.name = $1::text OR s.domain = $2::text
ORDER BY (a.alias IS NOT NULL) DESC, (s.name = $1::text) DESC NULLS LAST, s.source_id
LIMIT 1
