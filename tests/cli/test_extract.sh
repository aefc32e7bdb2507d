. "$(dirname "$0")/../harness/cli.sh"

cat >"$work/one.txt" <<'TEXT'
Ferry fares to rise

The head of the harbour office, Marta Olsen, said that fares would rise by 12 percent. "Nobody will lose a berth," she told Reuters.
TEXT
printf 'caf\351 prices rose by a third on Friday, the town council said.\r\n' >"$work/latin.txt"
printf 'The mill burned in 1999.\n' >"$work/two.txt"

run extract "$work/one.txt"
expect_code 0
expect_out 'Ferry fares to rise'
expect_out 'speaker: Marta Olsen .head of the harbour office.'
expect_out 'comes from statement of Reuters'

# one line of JSON a file, in order, whatever the encoding
run extract --format json "$work/two.txt" "$work/latin.txt" "$work/one.txt"
expect_code 0
check 'three lines' test "$(wc -l <"$work/stdout")" -eq 3
check 'the first is the first' test "$(head -1 "$work/stdout" | grep -c 'The mill burned in 1999')" -eq 1
expect_out 'café prices rose'

# a file that cannot be read is named; the others go on
run extract --format json "$work/two.txt" "$work/missing.txt" "$work/one.txt"
expect_code 4
expect_err 'missing.txt'
check 'two lines' test "$(wc -l <"$work/stdout")" -eq 2

# an extractor of one's own
run extract --format json --extractor "while IFS= read -r line; do echo '{\"claims\":[{\"start\":0,\"end\":8,\"speaker\":\"Ann Lee\"}]}'; done" "$work/two.txt"
expect_code 0
expect_out '"speaker":"Ann Lee"'
run extract --extractor 'exit 9' "$work/two.txt"
expect_code 13
expect_err 'exit code 9'
run extract --extractor 'sleep 20' --extractor-timeout 1 "$work/two.txt"
expect_code 13
expect_err 'within 1 seconds'

# what it says can be read again, and no database was made
check 'no database' test ! -e "$work/home"
run extract
expect_code 2
finish
