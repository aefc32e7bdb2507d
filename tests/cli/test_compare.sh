#!/usr/bin/env bash
# compare: two claims, or many pairs; no database for claims in words.
. "$(dirname "$0")/../harness/cli.sh"

run compare 'The ferry carried 340 people' 'The ferry carried 430 people' --format json
expect_code 0
expect_out '^\{"relation":"contradicts","score":0\.[0-9]+,"reasons":\[.*"different_quantity".*\]\}$'
run compare 'The ferry carried 8,000 people' 'The ferry carried 8 thousand people'
expect_code 0
expect_out 'agrees +[01]\.[0-9]+ +.*same_quantity'
check "no database was made" test ! -e "$CLAIMBASE_HOME"

printf 'The dam is safe\tThe dam is not safe\tleft alone\r\nThe dam is safe\tThe dam is safe.\n' >"$work/pairs.tsv"
run compare --pairs "$work/pairs.tsv" --format json
expect_code 0
check "one object a line" test "$(wc -l <"$work/stdout")" -eq 2
expect_out '^\{"relation":"contradicts".*negated'
expect_out '^\{"relation":"agrees".*same_words'
run_with "$work/pairs.tsv" compare --pairs - --format csv
expect_code 0
expect_out '^relation,score,reasons,a,b$'

printf 'one\ttwo\nno tab here\n' >"$work/pairs.tsv"
run compare --pairs "$work/pairs.tsv"
expect_code 3
expect_err 'pairs.tsv, line 2: no tab between two claims'
printf 'one\ttw\377o\n' >"$work/pairs.tsv"
run compare --pairs "$work/pairs.tsv"
expect_code 3
expect_err 'line 1: the claim is not valid UTF-8 at byte 2'
run compare --pairs "$work/none.tsv"
expect_code 3
run compare 'only one'
expect_code 2
expect_err 'two claims are needed'
run compare one two --pairs "$work/pairs.tsv"
expect_code 2

# a claim by its id is looked for in the database
run compare 3f2a9b1c.12 'The dam is safe'
expect_code 7
finish
