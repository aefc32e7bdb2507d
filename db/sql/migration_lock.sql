-- Keeps two runners from doing the same work. Nothing rests on it (such a lock knows one node only): the
-- primary key of the record is what lets each migration happen once.
SELECT pg_advisory_xact_lock(hashtextextended('claimbase.schema_migration', 0))
