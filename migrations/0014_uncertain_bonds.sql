-- Nor does a pair join two claims when their context speaks for it, but not by much.

CREATE OR REPLACE FUNCTION claimbase.is_bond(p_relation text, p_reasons text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_relation = 'agrees' AND NOT p_reasons && '{nearer_elsewhere,parts_agree,uncertain}'::text[];
