#!/usr/bin/env bash
# match, search, confirm, reject, link: what they print, what they change, what they refuse.
. "$(dirname "$0")/../harness/cli.sh"

cat >"$work/claims.csv" <<'CSV'
external_id,text,source,date
f1,The flood in Meridian killed three people on Monday night.,Harbour News,2015-11-17
f2,Three people were killed by the flood in Meridian on Monday night.,Coast Radio,2015-11-18
f3,The Meridian flood killed three people Monday night.,Ferry Post,2015-11-19
t1,"The harbour office evacuated 2,400 people from the old town.",Harbour News,2015-11-17
t2,"The harbour office evacuated 3,900 people from the old town.",Coast Radio,2015-11-18
n1,Parliament votes on the pay of nurses in spring.,Ferry Post,2015-11-19
CSV

# ---- before there is anything
run match
expect_code 0
expect_out '^matched 0 claims: 0 pairs agree, 0 contradict, 0 are related$'
run search 'the flood in Meridian'
expect_code 0

# ---- match
run import --claims "$work/claims.csv"
expect_code 0
run match
expect_code 0
expect_out '^matched 6 claims: 3 pairs agree, 1 contradicts, 0 are related$'
expect_out '^clusters made or changed: 1; documents whose origin was looked up: 6$'
run match
expect_out '^matched 0 claims: 0 pairs agree'
expect_out '^clusters made or changed: 0; '
run match --all
expect_out '^matched 6 claims: 3 pairs agree, 1 contradicts'
expect_out '^clusters made or changed: 1; '
run match --sideways
expect_code 2
run match now
expect_code 2
expect_value 3 "SELECT claims FROM consistency WHERE relation = 'agrees'"
expect_value 1 "SELECT count(*) FROM matches WHERE relation = 'contradicts' AND reasons::text LIKE '%different_quantity%'"

# ---- search
run search --limit 2 'who was killed by the flood in Meridian'
expect_code 0
expect_out 'flood in Meridian'
check 'two rows and a head' test "$(grep -c Meridian "$work/stdout")" -eq 2
run search --format json 'pay of nurses'
expect_code 0
check 'JSON is read' python3 -c "
import json, sys
answer = json.load(open(sys.argv[1]))
assert answer['query'] == 'pay of nurses', answer
first = answer['results'][0]
assert first['external_id'] == 'n1' and first['status'] == 'unverified' and 0 < first['score'] <= 1, first
" "$work/stdout"
run search --format csv --source 'coast radio' 'flood evacuated harbour Meridian'
expect_code 0
expect_out 'Coast Radio'
expect_no_out 'Harbour News|Ferry Post'
run search --since 2015-11-19 'flood in Meridian'
expect_out 'Ferry Post'
expect_no_out 'Harbour News'
run search --status verified 'flood in Meridian'
expect_code 0
expect_no_out 'Meridian flood|flood in Meridian'
printf 'flood in Meridian\n\npay of nurses\n' >"$work/queries.txt"
run search --batch "$work/queries.txt" --format json
expect_code 0
check 'an answer for each line' test "$(grep -c '"query"' "$work/stdout")" -eq 3
check 'an empty line finds nothing' test "$(sed -n 2p "$work/stdout")" = '{"query":"","results":[]}'
run_with "$work/queries.txt" search --batch -
expect_code 0
expect_out 'nurses'
run search
expect_code 2
expect_err 'nothing to search for'
run search --batch "$work/queries.txt" and a text
expect_code 2
run search --batch "$work/nowhere.txt"
expect_code 3
run search --source Nobody 'flood'
expect_code 7
expect_err 'report sources'
run search --status burnt 'flood'
expect_code 7
expect_err 'unverified, in_review, verified'
run search --since yesterweek 'flood'
expect_code 2
expect_err '2015-11-20'
run search --limit 0 'flood'
expect_code 2

# ---- reject: the two are kept apart, by way of a third claim, too
agreeing="SELECT count(*) FROM matches WHERE relation = 'agrees'"
run reject f1 f2 --by ann --note 'two floods'
expect_code 0
expect_out '^[0-9a-f]{8}\.1~[0-9a-f]{8}\.1  rejected$'
expect_err 'agree, but their clusters stay apart: somebody said that'
expect_value 2 "$agreeing"
expect_value 2 "SELECT claims FROM consistency WHERE relation = 'agrees'"
run reject f1 f2 --by ann
expect_code 0
expect_out 'was rejected already$'
run reject f2 f1 --by bob
expect_code 0
expect_out '  rejected$'
run match --all
expect_code 0
expect_err "held back because somebody said 'not the same'"
expect_value 2 "SELECT claims FROM consistency WHERE relation = 'agrees'"
run reject --undo f1 f2 --by bob
expect_out 'taken back$'
expect_value 2 "$agreeing"
run reject --undo f1 f2 --by ann
expect_out 'taken back$'
expect_value 3 "$agreeing"
expect_value 3 "SELECT claims FROM consistency WHERE relation = 'agrees'"
run reject --undo f1 f2
expect_code 7
expect_err 'no decision about these claims to undo'

# ---- confirm: by the match's name, by one claim, as something else, of what the program did not find
match=$("$program" sql --format csv "SELECT match FROM matches WHERE relation = 'contradicts'" | tail -n 1)
run confirm "$match" --by ann
expect_code 0
expect_out "^$match  confirmed$"
expect_value ann "SELECT decided_by FROM matches WHERE match = '$match'"
run confirm t1 --by ann
expect_out "^$match  was confirmed already$"
run confirm t1 --as related --by ann
expect_out "^$match  confirmed as related$"
expect_value related "SELECT relation FROM matches WHERE match = '$match'"
run confirm t1 --undo
expect_value contradicts "SELECT relation FROM matches WHERE match = '$match'"
run confirm n1 t1 --by ann
expect_code 0
expect_value 1 "SELECT count(*) FROM matches WHERE relation = 'agrees' AND decided_by = 'ann'"
run confirm n1 t1 --undo --by ann
expect_code 0
run confirm f1
expect_code 7
expect_err 'more than one match'
expect_err 'give the match itself, as [0-9a-f]{8}\.1~[0-9a-f]{8}\.1'
run confirm n1
expect_code 7
expect_err 'name both claims'
run confirm f1 f1
expect_code 2
expect_err 'two claims, not one twice'
run confirm f1 00000000.1
expect_code 7
run confirm nonsense
expect_code 7
run reject f1~
expect_code 7
run confirm t1 --as sideways
expect_code 2
run confirm
expect_code 2
run reject a b c
expect_code 2

# ---- link
run link f2 derived-from f1 --by ann --note 'it says so'
expect_code 0
expect_out '^[0-9a-f]{8}  derived_from  [0-9a-f]{8}  linked$'
expect_err "'claimbase match' will look at"
expect_value 1 "SELECT count(DISTINCT origin) FROM claimbase.document_origin WHERE known"
run link f2 derived-from f1 --by ann
expect_code 0
expect_out 'was linked already$'
run match
expect_code 0
expect_out '^matched 1 claim: 2 pairs agree'
expect_value 3 "$agreeing"
expect_value 3 "SELECT claims FROM consistency WHERE relation = 'agrees'"
run link n1 primary-source https://parliament.example/agenda
expect_code 0
expect_out 'primary_source  https://parliament.example/agenda  linked$'
run link f2 derived-from f1 --undo
expect_out 'withdrawn$'
run link f2 derived-from f1 --undo
expect_code 7
expect_err 'there is no such link'
run link f2 stolen-from f1
expect_code 2
expect_err 'derived-from, primary-source'
run link nothing derived-from f1
expect_code 7
run link f2 derived-from nothing
expect_code 7
run link f2 derived-from f2
check 'no link to itself' test "$code" -ne 0
run link f2 derived-from
expect_code 2

# ---- an import that is taken back: its claims are neither found nor shown, and come again
last_import=$("$program" sql --format csv "SELECT max(run_id) FROM claimbase.import_run WHERE kind = 'claims'" | tail -n 1)
run undo "$last_import"
expect_code 0
run search --format json 'flood in Meridian'
expect_code 0
expect_out '"results":\[\]'
expect_value 0 "SELECT count(*) FROM matches"
run undo "$last_import"
expect_code 0
expect_value 3 "$agreeing"

# ---- a reader has no such rights, and is told which role has
run db init-roles
expect_code 0
socket=$("$program" db status | sed -n 's/^socket *//p')
as_reader=(--dsn "host='$socket' user=claimbase_reader dbname=claimbase")
for refused in match 'search flood' 'confirm t1' 'reject t1' 'link f3 derived-from f1'; do
    # shellcheck disable=SC2086 # words, on purpose
    run $refused "${as_reader[@]}"
    expect_code 5
    expect_err 'may not|not allowed|permission'
    expect_err '^hint: '
done
run sql "${as_reader[@]}" 'SELECT count(*) FROM matches'
expect_code 0

# ---- what is only related is counted, and listed when asked; a claim is shown with its document's others, without their source
cat >"$work/tides.csv" <<'CSV'
external_id,text,source,date
q1,The ferry ran aground off Port Ellery on Friday.,Almanac,2024-05-03
q2,The ferry that ran aground off Port Ellery was built in 1931.,Harbour list,2024-05-03
CSV
run import --claims "$work/tides.csv"
run match
related=$("$program" sql --format csv "SELECT b_claim FROM matches WHERE relation = 'related' LIMIT 1" | tail -n +2)
check "some claims are related" test -n "$related"
run why "$related"
expect_out '^  related: [0-9]+ claims? \(--all lists them\)$'
expect_no_out '\(;'
run why "$related" --all
expect_out '^  related: [0-9a-f]{8}\.[0-9]+ '
expect_no_out 'lists them'
run why "$related" --format json
expect_out '"what":"related","text":"[0-9a-f]{8}\.'
run show "${related%.*}"
expect_out '^claim +speaker +modality +status +text$'

finish
