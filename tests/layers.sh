#!/usr/bin/env bash
# The arrows between the rooms: who may include whom, and which library stays in which file.
set -u
cd "$(dirname "$0")/.." || exit 1
failures=0
complain() {
    echo "$1"
    failures=$((failures + 1))
}

# allowed FOLDER ROOM...
allowed() {
    local folder=$1
    shift
    local pattern
    pattern=$(printf '%s|' "$folder" "$@")
    while IFS= read -r line; do
        complain "$folder may not use this: $line"
    done < <(grep -rnE '#include "(base|text|db|importer|match|report|cli)/' "$folder" --include='*.[ch]' |
        grep -vE "#include \"(${pattern%|})/")
}
allowed base
allowed text base
allowed db base
allowed importer base text db
allowed match base text db
allowed report base db
allowed cli base text db importer match report

# generated queries are for those who may use db/
while IFS= read -r line; do
    complain "only rooms above db/ know its queries: $line"
done < <(grep -rn '#include "db_queries.h"' base text --include='*.[ch]')

# only PATTERN FILES...: what these patterns name stands nowhere else
only() {
    local what=$1 pattern=$2 files=$3
    while IFS= read -r line; do
        complain "$what stays in $files: $line"
    done < <(grep -rnE "$pattern" base text db importer match report cli --include='*.[ch]' | grep -vE "^($files)")
}
only 'libpq' '#include <(libpq-fe|postgres_ext|libpq/)' 'db/'
only 'libcsv' '#include <csv\.h>' 'importer/csv'
only 'libxml2' '#include <libxml/' 'importer/html'
only 'libcurl' '#include <curl/' 'importer/fetch'
only 'libsmartcols' '#include <libsmartcols' 'report/table'
only 'exit()' '(^|[^_a-z])exit\(' 'cli/'
only 'option parsing' '#include <getopt\.h>' 'cli/options'
only 'printing' '(^|[^_a-z])(printf|puts|perror)\(|fprintf\((stderr|stdout)' 'cli/'

# SQL lives in .sql files
while IFS= read -r line; do
    complain "SQL lives in db/sql and migrations: $line"
done < <(grep -rnE '"[ ]*(SELECT .*FROM|INSERT INTO|UPDATE .*SET|DELETE FROM|COPY .*(FROM|TO) STD|CREATE TABLE|ALTER TABLE) ?' \
    base text db importer match report cli --include='*.[ch]')

[ "$failures" -eq 0 ] && echo "the layers hold"
exit "$((failures > 0))"
