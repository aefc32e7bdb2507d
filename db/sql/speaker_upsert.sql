-- The first document that tells a role or a kind gives it; the name stays as it was first met.
INSERT INTO claimbase.speaker AS s (key, name, role, kind)
SELECT key, name, role, kind
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS n (key, name, role, kind)
ORDER BY key
ON CONFLICT (key) DO UPDATE
SET role = coalesce(s.role, excluded.role), kind = CASE s.kind WHEN 'unknown' THEN excluded.kind ELSE s.kind END
WHERE (s.role IS NULL AND excluded.role IS NOT NULL) OR (s.kind = 'unknown' AND excluded.kind <> 'unknown')
