#!/usr/bin/env bash
# claimbase import as one uses it: forms, messages, exit codes, malformed input of every kind, what a run leaves.
. "$(dirname "$0")/../harness/cli.sh"

cd "$work"
cat >article.txt <<'TEXT'
Ferry service stops for the winter

The ferry between Lindow and Ostmark will not run from December to March, the shipping company said on Monday.

"We lost 40 per cent of our passengers," manager Pavel Dahl told the Lindow Post. More than 3,000 people signed a protest.
TEXT

# -- usage
run import
expect_code 2
expect_err 'nothing to import'
run import article.txt --claims x.csv
expect_code 2
expect_err 'one kind at a time'
run import article.txt --published yesterday
expect_code 2
expect_err 'ISO 8601'
run import article.txt --extractor cat --no-extract
expect_code 2

# -- articles
run import article.txt --source 'Lindow Post' --url https://post.example/ferry --published 2024-11-04
expect_code 0
expect_empty_out
expect_err 'imported 1 new document: [0-9]+ sentences, [1-9][0-9]* claims'
run import article.txt --source 'Lindow Post' --url https://post.example/ferry
expect_code 0
expect_err 'imported 0 new documents'
expect_err '1 known already, unchanged'
expect_value 1 'select count(*) from claimbase.document'
expect_value '2024-11-04 00:00:00+00' 'select published_at::text from claimbase.document'
run import article.txt --quiet --source Other
expect_code 0
check 'quiet says nothing' test ! -s "$work/stderr"
run import article.txt
expect_code 0
expect_err "the source 'unknown': --source NAME"
run_with article.txt import - --source Pipe
expect_code 0
expect_value 1 "select count(*) from claimbase.document where raw_location is null"
sed 's/3,000/5,000/' article.txt >changed.txt
run import changed.txt --source 'Lindow Post' --url https://post.example/ferry
expect_code 0
expect_err '1 of the new revise an older text'
run import article.txt changed.txt --url https://post.example/two
expect_code 2
expect_err "address of one document"

# -- dry run
run import article.txt --source Dry --dry-run
expect_code 0
expect_err 'would import 1 new document'
expect_value 0 "select count(*) from claimbase.source where name = 'Dry'"

# -- lists of paths
mkdir many
for i in 1 2 3; do echo "Note $i: the ferry was late." >"many/$i.txt"; done
ls many/*.txt | sed 's/$/\r/' >list
run import --paths-from list --source List
expect_code 0
expect_err 'imported 3 new'
run import many --source List --jobs 1
expect_code 0
expect_err '3 known already'

# -- malformed input: named, kept apart, the rest is loaded
mkdir bad
cp article.txt bad/good.txt
printf 'caf\303\251 na\303\257ve \303\251t\303\251 cr\303\250me broken \342\202 end' >bad/broken-utf8.txt
printf '\377\376a\0b\0\0\330' >bad/broken-utf16.txt
printf 'abc\0def' >bad/nul.txt
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' >bad/noise.bin
: >bad/empty.txt
ln -s circle bad/circle
ln -s . bad/up
ln -s nowhere bad/dangling
mkfifo bad/pipe
mkdir -p bad/deep/$(printf 'd/%.0s' $(seq 300))
echo deep >bad/deep/f.txt
run import bad --source Bad
expect_code 4
expect_err 'rejected: bad/broken-utf8.txt: invalid UTF-8 at byte 33, line 1'
expect_err 'rejected: bad/broken-utf16.txt: not valid UTF-16LE'
expect_err 'rejected: bad/nul.txt: a NUL byte at byte 3'
expect_err 'rejected: bad/noise.bin: '
expect_err 'rejected: bad/empty.txt: is empty'
expect_err 'rejected: bad/circle: Too many levels of symbolic links'
expect_err 'rejected: bad/dangling: No such file'
expect_err 'rejected: bad/pipe: not a regular file'
expect_err 'folders nested too deep'
expect_err 'imported [0-9]+ new document'
expect_value 1 "select count(*) from claimbase.document d join claimbase.source s using (source_id) where s.name = 'Bad' and title like 'Ferry%'"
expect_value 0 "select count(*) from claimbase.import_run r where rejected <> (select count(*) from claimbase.rejected_row x where x.run_id = r.run_id)"
run import no-such-file --source Bad
expect_code 4
expect_err 'no-such-file: No such file'
run import bad --source Strict --strict
expect_code 4
expect_value failed "select state from claimbase.import_run order by run_id desc limit 1"

# a line of 200 MB is no article
head -c 200000000 /dev/zero | tr '\0' x >huge.txt
run import huge.txt --source Huge
expect_code 4
expect_err 'larger than [0-9]+ bytes'
rm huge.txt

# -- what was rejected, once more
echo 'Now it can be read: the ferry is back.' >no-such-file
retry=$("$program" sql --format csv "select run_id from claimbase.rejected_row where file = 'no-such-file'" | tail -n 1)
run import --retry "$retry"
expect_code 0
expect_err 'imported 1 new'
expect_value Bad "select s.name from claimbase.document join claimbase.source s using (source_id) where text like 'Now it can%'"
run import --retry 999999
expect_code 7
run import --retry 1
expect_code 7
expect_err 'rejected nothing'

# -- CSV
printf 'External ID,Claim,Extra\n1,"Two\r\nlines",x\n2,plain\n3,"open,y\n4,\0nul,z\n5,fine,z\n' >claims.csv
run import --claims claims.csv --source List
expect_code 4
expect_err 'claims.csv, line 4: 2 fields instead of 3'
expect_err 'claims.csv, line 5: an unclosed quote'
expect_err 'claims.csv, line 6: a NUL byte'
expect_err 'imported 2 new documents'
expect_value 2 "select count(*) from claimbase.document where external_id in ('1', '5')"
run import --claims article.txt
expect_code 3
expect_err "has no column 'external_id'"
runs=$("$program" sql --format csv 'select count(*) from claimbase.import_run' | tail -n 1)
for kind in claims documents sentences attributions links claimreview; do
    run import --$kind missing.csv
    expect_code 3
    expect_err "could not open 'missing.csv'"
    check 'nothing is said to be imported' test "$(grep -c imported "$work/stderr")" = 0
done
run import --paths-from missing.txt
expect_code 3
run import --claims article.txt --dry-run
expect_code 3
expect_value "$runs" 'select count(*) from claimbase.import_run'

# -- the same texts again and again in one run, in other transactions and in the same
mkdir twice
for i in 1 2 3 4 5 6; do echo "The tower number $((i % 3)) was painted on Monday." >twice/$i.txt; done
for batch in 1 4 512; do
    run import --batch $batch --source "Twice $batch" twice
    expect_code 0
    expect_err 'imported 3 new documents'
    expect_err '3 known already'
    expect_value 3-3 "select count(*) || '-' || count(distinct text) from claimbase.document d join claimbase.source s using (source_id) where s.name = 'Twice $batch'"
done

# -- many documents of many sources: each source once, and the planner knows of the rows at once
awk 'BEGIN {print "text,source,external_id"; for (i = 1; i <= 12000; i++) printf "Gate %d of the dam was opened.,Outlet %d,dam-%d\n", i, i % 3000, i}' >many.csv
run import --documents many.csv --no-extract
expect_code 0
expect_err 'imported 12000 new documents'
expect_value 3000 "select count(*) from claimbase.source where name like 'Outlet %'"
expect_value t "select bool_and((select name from claimbase.source s where s.source_id = d.source_id) = 'Outlet ' || (substr(external_id, 5)::int % 3000)) from claimbase.document d where external_id like 'dam-%'"
expect_value t "select reltuples >= 12000 from pg_class where oid = 'claimbase.document'::regclass"
run import --documents many.csv --no-extract
expect_code 0
expect_err '12000 known already'

# -- on a terminal of 60 columns no line of the bar is longer
if script -qc true /dev/null </dev/null >/dev/null 2>&1; then # where there are terminals
    mkdir wide
    for i in $(seq 1500); do
        for j in 1 2 3 4 5; do echo "The mill number $i was sold for \$$i$j million on Monday, said Anna Berg, the mayor."; done >wide/$i.txt
    done
    script -qc "stty cols 60; '$program' import --source Wide wide" /dev/null </dev/null >bar.txt
    check 'the share was told' grep -qE '[0-9]+%  [0-9]+ documents' bar.txt
    longest=$(tr '\r' '\n' <bar.txt | grep -F % | sed 's/.\[K.*//' | awk '{if (length > n) n = length} END {print n + 0}')
    check 'the bar fits into 60 columns' test "$longest" -gt 0 -a "$longest" -lt 60
else
    echo 'not tried: the bar on a terminal, which this system has none of' >&2
fi
printf 'text;title;date\n"A bridge; closed.";Bridge;2024-01-05\n' >documents.csv
run import --documents documents.csv --source List
expect_code 0
expect_value 'A bridge; closed.' "select text from claimbase.document where title = 'Bridge'"

# -- the disk is full: a small one, made when the system lets us
if [ "$(id -u)" = 0 ] && mkdir -p small && mount -t tmpfs -o size=120m tmpfs small 2>/dev/null; then
    chmod 755 small
    mkdir flood
    for i in $(seq 400); do
        { echo "Report $i"; echo; for j in $(seq 60); do echo "The office $i counted $((i * j)) boats and $j cars near gate $((i + j))."; done; } >flood/$i.txt
    done
    (
        export CLAIMBASE_HOME="$work/small/home"
        "$program" db start -q >/dev/null 2>"$work/full.err" && dd if=/dev/zero of=small/ballast bs=1M 2>/dev/null
        # leave some room, so that it fails in the middle
        truncate -s -1M small/ballast
        "$program" import flood --source Flood --batch 10 >/dev/null 2>"$work/full.err"
        echo $? >"$work/full.code"
        rm small/ballast
        "$program" import flood --source Flood --batch 10 --quiet
        echo $? >"$work/full.again"
        "$program" sql --format csv "select count(*) from claimbase.document d where exists (select from claimbase.sentence s where s.document_id = d.document_id)" | tail -n 1 >"$work/full.whole"
        "$program" db stop -q
    )
    check 'a full disk is an error of the database' test "$(cat full.code)" = 5
    check 'it says so' grep -q 'No space left' full.err
    check 'and with room the import goes on' test "$(cat full.again)" = 0
    check 'all documents are whole' test "$(cat full.whole)" = 400
    umount small
else
    echo 'not tried: a disk that fills up, which needs root and a system that lets it mount (tests/db/test_import.c has the error alone)'
fi

finish
