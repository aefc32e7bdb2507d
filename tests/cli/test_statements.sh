#!/usr/bin/env bash
# One thing is said once: the queue and the consistency report go by statements, and origins have names for people.
. "$(dirname "$0")/../harness/cli.sh"

printf 'The ferry ran aground off Port Ellery on Friday and 14 people were injured, the coast guard told the Ellery Tribune.\n' >"$work/tribune.txt"
printf 'The ferry ran aground off Port Ellery on Friday and 14 people were injured, Ann Lee said in an interview with the Ellery Tribune.\n' >"$work/wire.txt"
printf '14 people were injured as the ferry ran aground off Port Ellery on Friday, the minister told ABCDE.\n' >"$work/post.txt"
for name in tribune wire post; do
    run import --source "Daily ${name^}" --published 2024-05-03 --origin 'ELLERY Tribune' "$work/$name.txt"
    expect_code 0
done
run match
expect_code 0

# ---- names of origins, as they are written
run report origins
expect_out '^stated, ELLERY Tribune  '
expect_no_out '\|'
run sql "SELECT DISTINCT origin || ' is ' || name FROM report.origins"
expect_out 'stated\|ellery tribune\| is stated, ELLERY Tribune'
run report corroboration
expect_out 'stated, ELLERY Tribune: '
expect_no_out '\|'
run report consistency
expect_out '^    origin: stated, ELLERY Tribune – '
expect_no_out '\|'
run report consistency --format json
expect_out '"origin":"stated\|ellery tribune\|","name":"stated, ELLERY Tribune"'

# ---- what was undone names nothing
for n in 1 2 3 4; do
    printf 'Number %d of the list: the harbour master of Port Ellery is on leave until May, he said.\n' "$n" >"$work/undone.txt"
    run import --source "Weekly $n" --origin 'eLLERY tRIBUNE' "$work/undone.txt"
    expect_code 0
done
run sql "SELECT DISTINCT name FROM report.origins WHERE origin LIKE 'stated%'"
expect_out 'stated, eLLERY tRIBUNE'
for n in 4 5 6 7; do
    run undo "$n"
    expect_code 0
done
run match
expect_code 0
run sql "SELECT DISTINCT name FROM report.origins WHERE origin LIKE 'stated%'"
expect_out 'stated, ELLERY Tribune'
expect_no_out 'tRIBUNE'

# ---- the error about circular evidence names the origin so too
claim=$("$program" sql --format csv "SELECT claim FROM claims WHERE source = 'Daily Wire' ORDER BY claim_no LIMIT 1" | tail -n +2)
other=$("$program" sql --format csv "SELECT document FROM documents WHERE source = 'Daily Post'" | tail -n +2)
run why "$claim"
expect_out 'origin: stated, ELLERY Tribune: '
run mark "$claim" verified --by Ann --evidence "doc:$other"
expect_code 8
expect_err 'circular: it comes from the same origin \(stated, ELLERY Tribune\)$'
expect_no_err '\|'

# ---- the queue: a row a statement, all claims when asked
run report queue --format csv
expect_out '^priority,claim,source,speaker,modality,text,status,reasons,claims,sources,origins$'
rows=$(tail -n +2 "$work/stdout" | wc -l)
check "as many rows as statements" test "$rows" -eq "$("$program" sql --format csv 'SELECT count(DISTINCT statement) FROM queue' | tail -n +2)"
run report queue --all --format csv
expect_out '^priority,claim,statement,source,'
all=$(tail -n +2 "$work/stdout" | wc -l)
check "more claims than statements" test "$all" -gt "$rows"
expect_value "$all" 'SELECT count(*) FROM queue'
run report queue --format json --limit 1
expect_out '"sources":3'
expect_out '"reasons":\[.*"repeated by 3 sources"'
expect_out '"claims":[3-9]'
# with --source the row is that source's, whoever else says it
for name in Tribune Wire Post; do
    run report queue --source "Daily $name" --format csv
    expect_out ',repeated by|repeated by 3 sources'
    check "only the Daily $name" test "$(tail -n +2 "$work/stdout" | grep -c ",Daily $name,")" -eq "$(tail -n +2 "$work/stdout" | wc -l)"
done
# the one that speaks most for checking stands for them
run mark "$claim" in_review --by Ann
run report queue --limit 1 --format csv
expect_out "^[0-9.]+,$claim,Daily Wire,.*in_review"
run report queue --as-of 2000-01-01
expect_code 0
expect_err '^none'
run report queue --help
expect_out '^ *--all '

finish
