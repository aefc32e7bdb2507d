-- Not every pair that agrees makes one statement of two claims. Where one of the two has a nearer counterpart in the other
-- document, or where shorter claims of the two sentences agree already, the pair is told, and joins nothing: else long
-- sentences, which hold many facts each, would chain the facts of a whole event into one cluster.

CREATE FUNCTION claimbase.is_bond(p_relation text, p_reasons text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_relation = 'agrees' AND NOT p_reasons && '{nearer_elsewhere,parts_agree}'::text[];
COMMENT ON FUNCTION claimbase.is_bond IS 'Does what the program found about a pair of claims join their clusters?';
