#!/usr/bin/env bash
# A fact-checker's day: import, mark, see what is behind it, withdraw, undo, verify; and eight at once.
. "$(dirname "$0")/../harness/cli.sh"
export XDG_CONFIG_HOME="$work/config"

# ---- something to judge
cat >"$work/one.txt" <<'TEXT'
Old bridge closed

The harbour office said on Monday that the old bridge would stay closed for two weeks.

"Almost 8 thousand people cross it every day," said Ada Lund, the head of the harbour office.
TEXT
cat >"$work/two.txt" <<'TEXT'
Bridge to reopen

About 8,000 people cross the old bridge every day, a county spokesman told reporters on Tuesday.
TEXT
run import --source "Harbour News" --url http://harbour.example/1 "$work/one.txt"
expect_code 0
run import --source "Coast Radio" --url http://coast.example/1 "$work/two.txt"
expect_code 0
first=$("$program" sql --format csv "SELECT claim FROM claims WHERE source = 'Harbour News' ORDER BY claim_no" | sed -n 2p)
second=$("$program" sql --format csv "SELECT claim FROM claims WHERE source = 'Coast Radio' ORDER BY claim_no" | sed -n 2p)
own=${first%.*} other=${second%.*}
check 'there are claims' test -n "$first" -a -n "$second"

# ---- mark: what is missing is said
run mark "$first" verified --by ann
expect_code 8
expect_err 'without evidence'
run mark "$first" verified --by ann --evidence "doc:$own"
expect_code 8
expect_err 'circular'
run mark "$first" verified --by ann --evidence nonsense
expect_code 2
run mark "$first" verified --by ann --evidence file:/nowhere
expect_code 3
run mark "$first" verified --by ann --credibility 9
expect_code 2
run mark 00000000.1 verified --by ann --evidence https://x.example/
expect_code 7
run mark "$first"
expect_code 2
printf 'a scan' >"$work/scan.txt"
run mark "$first" verified --by ann --note 'asked them' --credibility 2 --evidence https://proof.example/ \
    --archive "$work/scan.txt" --evidence "supports:claim:$second" --evidence "context:doc:$own"
expect_code 0
expect_out "^$first  unverified → verified  by ann"
expect_value "$(printf 'a scan' | sha256sum | cut -d' ' -f1)" "SELECT sha256 FROM evidence WHERE kind = 'url'"
expect_value 3 "SELECT count(*) FROM evidence"
run mark "$first" refuted --by bob --evidence https://x.example/
expect_code 8
expect_err 'possible from here: in_review'
run mark "$first" in_review --expect unverified --note x
expect_code 9
run mark "$first" verified --by bob --format json
expect_code 0
expect_out '"event":"second_check"'

# ---- history, show, why
run history "$first" --format csv
expect_out 'mark,unverified,verified,ann,asked them'
run history
expect_out second_check
run show "$first"
expect_out '^status +verified'
run show "$own" --text
expect_out 'old bridge would stay closed'
run show "$own" --diff
expect_code 7
run why "$first"
expect_code 0
expect_out 'evidence: 1.1 supports url https://proof.example/'
expect_out 'the quote stands there exactly'
expect_out 'import: run 1'
run why "$own"
expect_code 2
run why nothing
expect_code 7

# ---- batch
cat >"$work/batch.csv" <<CSV
claim,status,note,evidence,credibility
$second,disputed,"a reason, ""quoted""",,
$second,verified,,https://x.example/,
nothing.1,in_review,,,
$second,in_review,,,7
CSV
run mark --batch "$work/batch.csv" --by joe
expect_code 4
expect_out "^$second  unverified → disputed  by joe"
expect_err 'batch.csv:3: .*can not become'
expect_err 'batch.csv:4: '
expect_err 'batch.csv:5: .*credibility'
expect_err '1 marked, 3 refused'
printf 'claim,state\nx,y\n' >"$work/bad.csv"
run mark --batch "$work/bad.csv"
expect_code 3
run_with "$work/batch.csv" mark --batch - --by joe
expect_code 4

# ---- evidence that becomes circular by what is learned later
run report needs-review --format csv
expect_no_out evidence_became_circular
run link "$other" derived-from "$own" --by eve --note 'they say so'
expect_code 0
run report needs-review --format csv
expect_out "$first,verified,evidence_became_circular,\"document $other, evidence 1.2: it derives from the document that is checked\""
run report needs-review --format csv --as-of 2001-01-01
expect_no_out evidence_became_circular
run why "$first"
expect_out evidence_became_circular
run link "$other" derived-from "$own" --undo --by eve
expect_code 0
run report needs-review --format csv
expect_no_out evidence_became_circular

# ---- what no longer holds
run withdraw "$first" 1.1 --by eve --note 'the page is gone'
expect_code 0
run withdraw "$first" 1.1 --by eve --note again
expect_code 8
run withdraw "$first" seven --note x
expect_code 2
run retract "$other" --by eve --note 'the paper took it back'
expect_code 0
run retract "$other" --by eve
expect_code 8
run report needs-review --format csv
expect_out evidence_withdrawn
expect_out evidence_retracted
expect_out evidence_refuted
run undo 2 --by eve
expect_code 0
expect_err "needs review: $first"
run list documents --format csv
expect_no_out 'Bridge to reopen'
run list documents --format csv --as-of '2001-01-01'
expect_no_out bridge
run import --source "Coast Radio" --url http://coast.example/1 "$work/two.txt"
expect_code 0
expect_err "their import was undone: 'claimbase undo 2' puts them back"
run undo 2 --by eve
expect_out 'there again'
run import --source "Coast Radio" --url http://coast.example/1 "$work/two.txt"
expect_err '1 known already'
expect_no_err 'was undone'
expect_value disputed "SELECT status FROM claims WHERE claim = '$second'"
run undo x
expect_code 2
run undo 99
expect_code 7

# ---- sources and speakers
run source set 'Coast Radio' --reliability B --owner 'Coast Media' --alias CR --by eve
expect_code 0
run source set CR --reliability D --by eve --note 'three corrections in a week'
expect_code 0
run source history CR --format csv
expect_out 'reliability,B,D,eve,three corrections'
run source set Nobody --owner X
expect_code 7
run source set CR
expect_code 2
run speaker merge 999 998
expect_code 7

# ---- reports in every format
for report in conflicts status sources origins queue needs-review corroboration agreement documents provenance imports; do
    for format in table csv json html; do
        run report "$report" --format "$format"
        expect_code 0
    done
done
for list in claims documents matches sources speakers imports rejected; do
    run list "$list" --format csv
    expect_code 0
done
run report corroboration --by-owner --format csv
expect_code 0
expect_out 'owner_names'
run report status --as-of garbage
expect_code 2
run report consistency --format json
expect_code 0
run sql --format json 'SELECT claim, status FROM claims WHERE status <> $$unverified$$ ORDER BY claim'
check 'json lines are json' python3 -c 'import json,sys; [json.loads(line) for line in open(sys.argv[1])]' "$work/stdout"
run sql 'DELETE FROM claimbase.verification'
expect_code 8

# ---- verify, checkpoint
run verify
expect_code 0
expect_err 'everything holds'
run checkpoint --output "$work/checkpoint.txt"
expect_code 0
expect_err 'verifier key: claimbase\+'
verifier=$(grep -oE 'claimbase\+[0-9a-f]{8}\+.*' "$work/stderr")
run verify --checkpoint "$work/checkpoint.txt" --verifier "$verifier"
expect_code 0
expect_no_err 'signature of the checkpoint was not checked'
sed 's/^claimbase\/.*/claimbase\/forged/' "$work/checkpoint.txt" >"$work/forged.txt"
run verify --checkpoint "$work/forged.txt" --verifier "$verifier"
expect_code 10
run verify --checkpoint "$work/one.txt"
expect_code 3
run sql --write "ALTER TABLE claimbase.verification DROP CONSTRAINT verification_hash_recomputed"
expect_code 0
run sql --write "UPDATE claimbase.verification SET actor = 'mallory' WHERE seq = (SELECT max(seq) FROM claimbase.verification)"
expect_code 0
run verify
expect_code 10
expect_err 'the first thing wrong: event'
run verify --format json
expect_code 10
expect_out '"kind":"hash"'
run sql --write "UPDATE claimbase.verification SET actor = 'eve' WHERE actor = 'mallory'"
run verify
expect_code 0

# ---- eight at once: four judge, four import; nothing is lost, nothing doubled
{
    echo external_id,text
    for i in $(seq 1 40); do echo "shared-$i,The shared claim number $i was made in public."; done
} >"$work/shared.csv"
run import --claims "$work/shared.csv" --source Shared
expect_code 0
before=$("$program" sql --format csv 'SELECT count(*) FROM history' | tail -1)
for worker in 1 2 3 4; do
    (
        for i in $(seq 1 10); do
            "$program" mark "shared-$(((worker - 1) * 10 + i))" in_review --by "worker $worker" || echo "mark $worker $i failed"
        done >"$work/mark.$worker" 2>&1
    ) &
    (
        for i in $(seq 1 3); do
            { echo external_id,text; for k in $(seq 1 20); do echo "own-$worker-$i-$k,Worker $worker wrote sentence $k of file $i."; done; } \
                >"$work/own.$worker.$i.csv"
            "$program" import --quiet --claims "$work/own.$worker.$i.csv" --source "Worker $worker" || echo "import $worker $i failed"
            "$program" import --quiet --claims "$work/shared.csv" --source Shared || echo "again $worker $i failed"
        done >"$work/import.$worker" 2>&1
    ) &
done
wait
check 'no process failed' test -z "$(grep -h failed "$work"/mark.* "$work"/import.*)"
expect_value "$((before + 40))" 'SELECT count(*) FROM history'
expect_value 40 "SELECT count(*) FROM claims WHERE source = 'Shared'"
expect_value 40 "SELECT count(*) FROM claims WHERE source = 'Shared' AND status = 'in_review'"
expect_value 240 "SELECT count(*) FROM claims WHERE source LIKE 'Worker %'"

# ---- eight judge one claim: one wins, the others are told and nothing of theirs is half there
for worker in 1 2 3 4 5 6 7 8; do
    (
        "$program" mark own-1-1-1 disputed --by "worker $worker" --note "reason $worker" --expect unverified \
            >"$work/race.$worker" 2>&1
        echo "code $?" >>"$work/race.$worker"
    ) &
done
wait
check 'one wins' test "$(grep -lx 'code 0' "$work"/race.* | wc -l)" -eq 1
check 'seven are told' test "$(grep -lxE 'code (8|9)' "$work"/race.* | wc -l)" -eq 7
expect_value 1 "SELECT count(*) FROM history h JOIN claims c USING (document_id, claim_no) WHERE c.external_id = 'own-1-1-1'"
run verify --checkpoint "$work/checkpoint.txt"
expect_code 0

# ---- a checker imports, matches and marks, and no more
run db init-roles
expect_code 0
socket=$("$program" db status | sed -n 's/^socket *//p')
as_checker=(--dsn "host='$socket' user=claimbase_checker dbname=claimbase")
printf 'Ferry\n\n"The ferry carries 90 cars," said Ole Berg, the head of the ferry office.\n' >"$work/ferry.txt"
run import "${as_checker[@]}" --source 'Ferry Post' --no-extract "$work/ferry.txt"
expect_code 0
run import "${as_checker[@]}" --source 'Ferry Post' "$work/ferry.txt"
expect_code 0
expect_err 'got their sentences and claims'
expect_value 1 "SELECT count(*) FROM claims WHERE source = 'Ferry Post' AND speaker = 'Ole Berg'"
run match "${as_checker[@]}"
expect_code 0
run search "${as_checker[@]}" 'ninety cars on the ferry'
expect_code 0
run mark "${as_checker[@]}" own-2-1-1 in_review --by joe
expect_code 0
run undo "${as_checker[@]}" 2
expect_code 5
run source set "${as_checker[@]}" 'Ferry Post' --reliability A
expect_code 5

# ---- a reader is told whom to ask
as_reader=(--dsn "host='$socket' user=claimbase_reader dbname=claimbase")
run report sources "${as_reader[@]}"
expect_code 0
for report in consistency conflicts status sources origins queue needs-review corroboration agreement documents provenance imports; do
    run report "$report" "${as_reader[@]}"
    expect_code 0
done
run report corroboration --by-owner "${as_reader[@]}"
expect_code 0
for list in claims documents matches sources speakers imports rejected; do
    run list "$list" "${as_reader[@]}"
    expect_code 0
done
run show "${as_reader[@]}" own-2-1-1
expect_code 5
expect_err 'hint: .*claimbase_checker TO "claimbase_reader"'
run search "${as_reader[@]}" 'ninety cars on the ferry'
expect_code 5
expect_err 'hint: .*search, show, import, match and mark claimbase_checker'
for form in annotations claimreview database prov; do # and is not left with half a document
    run export "$form" "${as_reader[@]}"
    expect_code 5
    expect_empty_out
    expect_err '^hint: '
done
run sql "${as_reader[@]}" 'select * from claimbase.document'
expect_code 5
expect_err 'hint: .*claimbase_checker'

# ---- statistics are the owner's to gather: a checker's large match says nothing of them
awk 'BEGIN { print "external_id,text"; for (i = 1; i <= 5000; i++) printf "many-%d,Anna%dar sold Boat%dur to Carl%dan.\n", i, i, i, i }' \
    >"$work/many.csv"
run import --claims "$work/many.csv" --source Many
expect_code 0
run match "${as_checker[@]}"
expect_code 0
expect_out '^matched 5000 claims'
expect_no_err 'skipping'

# ---- verdicts that a list brings are whose they are said to be
cat >"$work/checked.csv" <<'CSV'
external_id,text,status,url
checked-1,The old bridge was built in 1931.,verified,https://archive.example/1931
CSV
run import --claims "$work/checked.csv" --source 'Bridge list' --by ''
expect_code 2
expect_err '^claimbase: --by takes the name'
run import --claims "$work/checked.csv" --source 'Bridge list' --by 'Ann Lee'
expect_code 0
expect_value 'Ann Lee' "SELECT actor FROM history JOIN claims USING (document_id, claim_no) WHERE external_id = 'checked-1'"
expect_value 'Ann Lee' 'SELECT actor FROM imports ORDER BY run DESC LIMIT 1'

finish
