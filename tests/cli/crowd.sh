#!/usr/bin/env bash
# Eight processes for a while (crowd.sh PROGRAM [SECONDS], a minute when not told): four import articles, four mark claims,
# some of them the same one. What was answered with success is there, once; nothing else is; every chain holds.
. "$(dirname "$0")/../harness/cli.sh"
seconds=${2:-60}

{
    echo external_id,text
    for i in $(seq 1 8); do echo "shared-$i,The shared claim number $i was made in public."; done
} >"$work/shared.csv"
run import --claims "$work/shared.csv" --source Shared
expect_code 0

importer() { # importer WORKER: a new article each time, and now and then one that is known
    local n=0
    while [ "$SECONDS" -lt "$seconds" ]; do
        n=$((n + 1))
        printf 'Report %s of office %s\n\nThe office number %s counted %s cars on the bridge, a spokesman said on Monday.\n' \
            "$n" "$1" "$1" "$((n + 100))" >"$work/article.$1.txt"
        "$program" import --quiet --source "Office $1" "$work/article.$1.txt" && echo new
        [ $((n % 5)) -ne 0 ] || "$program" import --quiet --source "Office $1" "$work/article.$1.txt" && echo again
    done
}

marker() { # marker WORKER: its own claims, and one that all fight for
    local n=0 claim
    while [ "$SECONDS" -lt "$seconds" ]; do
        n=$((n + 1))
        claim=shared-$1
        [ $((n % 3)) -ne 0 ] || claim=shared-8
        if "$program" mark "$claim" in_review --by "checker $1" --note "once more, $n" >/dev/null 2>&1; then echo marked; fi
        if "$program" mark "$claim" verified --by "checker $1" --evidence "https://proof.example/$1/$n" >/dev/null 2>&1; then echo marked; fi
    done
}

SECONDS=0
for worker in 1 2 3 4; do
    importer $worker >"$work/imported.$worker" 2>"$work/import-errors.$worker" &
    marker $worker >"$work/marked.$worker" &
done
wait

imported=$(cat "$work"/imported.* | grep -c new)
marked=$(cat "$work"/marked.* | grep -c marked)
check "there was something to do" test "$imported" -gt 4 -a "$marked" -gt 8
cat "$work"/import-errors.* >"$work/errors"
check "no import failed" test ! -s "$work/errors"
expect_value "$imported" "SELECT count(*) FROM report.documents WHERE kind = 'article'"
expect_value "$imported" "SELECT count(DISTINCT document_id) FROM claimbase.document WHERE kind = 'article'"
expect_value 8 "SELECT count(*) FROM report.documents WHERE kind = 'claim_record'"
expect_value "$marked" "SELECT count(*) FROM report.history"
expect_value "$marked" "SELECT count(DISTINCT (document_id, seq)) FROM claimbase.verification"
expect_value 0 "SELECT count(*) FROM (SELECT document_id FROM claimbase.verification GROUP BY document_id HAVING max(seq) <> count(*)) AS gaps"
run verify
expect_code 0
expect_err 'everything holds'
echo "$imported articles and $marked marks in $seconds seconds"
finish
