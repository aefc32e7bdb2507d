#!/usr/bin/env bash
# Measures claimbase import against its floor, side by side in one run on the same rows: psql \copy of the rows, already
# split, into the same tables with the same indexes and constraints.
#
#   bench/import.sh [DOCUMENTS [RUNS]]        from the top of the tree, after a release build; 2,000 documents, 5 runs
#
# Makes a corpus and a private server in a temporary folder (TMPDIR; a folder in memory leaves the disk out of it) and
# prints the median of the runs, in seconds, and the seconds of processor time that client and server took together (which
# others on the machine disturb less): the floor, the import with sentences, claims, attributions and quantities
# (two jobs), the same texts without extraction and its floor, extraction alone, and the second import of the same.
set -eu
documents=${1:-2000} runs=${2:-5}
top=$(cd "$(dirname "$0")/.." && pwd)
claimbase=$top/build/claimbase
work=$(mktemp -d "${TMPDIR:-/tmp}/claimbase-bench.XXXXXX")
chmod 755 "$work"
export CLAIMBASE_HOME=$work/home
unset CLAIMBASE_DSN
trap '"$claimbase" db stop --quiet || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

"$top/build/bench_make_corpus" "$work/corpus" "$documents"
"$claimbase" db start >/dev/null 2>&1

tables="source speaker speaker_alias import_run document document_link sentence claim attribution quantity"
sql() { PGOPTIONS="-c client_min_messages=warning" "$claimbase" psql -- -qAt -v ON_ERROR_STOP=1 "$@"; }
empty() { sql -c "TRUNCATE claimbase.source, claimbase.speaker, claimbase.import_run RESTART IDENTITY CASCADE" -c "VACUUM ANALYZE" -c CHECKPOINT; }
postmaster=$("$claimbase" db status | sed -n 's/^process //p')
processor() { # of all that has ended: our children, and the server's
    local own server
    own=$(tail -n 1 "$work/times" | sed 's/[ms]/ /g')
    server=$(cut -d' ' -f16,17 "/proc/$postmaster/stat")
    echo "$own $server $(getconf CLK_TCK)" | awk '{printf "%.3f", $1 * 60 + $2 + $3 * 60 + $4 + ($5 + $6) / $7}'
}
seconds() { # seconds FILE COMMAND...: appends the wall time; FILE.cpu gets the processor time
    local file=$1 begin end before
    shift
    sleep 0.1 # until the server has seen the last client off
    times >"$work/times"
    before=$(processor)
    begin=$(date +%s.%N)
    "$@" >/dev/null 2>"$work/messages" || { cat "$work/messages" >&2; exit 1; }
    end=$(date +%s.%N)
    sleep 0.1
    times >"$work/times"
    echo "$end $begin" | awk '{printf "%.3f\n", $1 - $2}' >>"$file"
    echo "$(processor) $before" | awk '{printf "%.3f\n", $1 - $2}' >>"$file.cpu"
}
median() { sort -n "$1" | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
split_rows() { # what was imported, as the files of the floor
    local table
    for table in $tables; do
        sql -c "\\copy claimbase.$table to '$work/$1.$table' with (format text)"
        echo "\\copy claimbase.$table from '$work/$1.$table' with (format text)"
    done >"$work/$1.sql"
}
load_floor() { sql -f "$work/$1.sql"; }

empty
"$claimbase" import --quiet --source Bench --jobs 2 "$work/corpus"
split_rows whole
sentences=$(wc -l <"$work/whole.sentence") claims=$(wc -l <"$work/whole.claim")
empty
"$claimbase" import --quiet --source Bench --no-extract "$work/corpus"
split_rows texts
for run in $(seq "$runs"); do
    empty
    seconds "$work/floor" load_floor whole
    empty
    seconds "$work/import" "$claimbase" import --source Bench --jobs 2 "$work/corpus"
    seconds "$work/again" "$claimbase" import --source Bench --jobs 2 "$work/corpus"
    empty
    seconds "$work/text_floor" load_floor texts
    empty
    seconds "$work/text_import" "$claimbase" import --source Bench --no-extract "$work/corpus"
    empty
    seconds "$work/extract" "$claimbase" import --dry-run --source Bench --jobs 2 "$work/corpus"
done
row() { # row NAME TIME FLOOR
    awk -v name="$1" -v time="$(median "$work/$2")" -v floor="$(median "$work/$3")" -v cpu="$(median "$work/$2.cpu")" \
        'BEGIN {printf "%-34s %8.2f s  %5.2f of its floor  %8.2f s of processor\n", name, time, time / floor, cpu}'
}
echo "$documents documents, $sentences sentences, $claims claims; median of $runs runs"
row 'floor: psql \copy of the rows' floor floor
row 'import, 2 jobs' import floor
row 'import without extraction' text_import text_floor
row 'floor of that' text_floor text_floor
row 'reading and extraction alone' extract floor
row 'the same import again' again import
