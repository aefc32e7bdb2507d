-- Does the database hold anything that an import of a whole one would meet?
SELECT NOT (EXISTS (SELECT FROM claimbase.document) OR EXISTS (SELECT FROM claimbase.source)
            OR EXISTS (SELECT FROM claimbase.import_run) OR EXISTS (SELECT FROM claimbase.speaker)) AS empty
