-- A report reads whole tables, through views of which the planner guesses far too few rows (what is undone, what was known
-- by then); nested loops would read one table anew for each row of another. With 300 claims and 20,000 contradictions
-- the conflicts took 50 s so, and 0.1 s without. Some joins can be nothing else; such a plan counts as so costly that a
-- server which compiles costly plans would compile these to the last function: the queue over 20,000 claims took 41 s, and
-- 1.2 s without.
SELECT pg_catalog.set_config('enable_nestloop', 'off', false), pg_catalog.set_config('jit', 'off', false)
