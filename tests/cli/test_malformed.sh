#!/usr/bin/env bash
# Any bytes give a result or a clear error: every kind of input that is broken, hostile or gone, on the command line. Each is
# named with its file, its line or record and the reason; what is good beside it is kept; rejected_row has the rest; the
# database stays whole, and the counts add up.
. "$(dirname "$0")/../harness/cli.sh"

cd "$work"
good='The ferry between Lindow and Ostmark will not run in winter, the company said on Monday.'

# rejected SUBJECT REASON: the last command named it, and it is kept.
rejected() {
    expect_err "rejected: $1: $2"
}

# kept SOURCE COUNT: so many documents of this source are stored.
kept() {
    expect_value "$2" "select count(*) from claimbase.document d join claimbase.source s using (source_id) where s.name = '$1'"
}

page() { # page BODY [HEAD]
    printf '<!DOCTYPE html><html><head>%s<title>Ferry</title></head><body><p>%s</p></body></html>' "${2:-}" "$1"
}

record() { # record URL EXTRA-HEADER BODY: a WARC record of a page
    local response
    response=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s' "$3")
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2019-03-17T00:00:00Z\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n' \
        "$1" "$2" "$(printf %s "$response" | wc -c)" "$response"
}

# -- character encodings
mkdir encodings
printf 'caf\303\251 \303\251t\303\251 cut \342\202' >encodings/truncated.txt
printf 'plain words and a slash written long \300\257 here' >encodings/overlong.txt
printf 'words \303\251 and half a pair \355\240\275 alone' >encodings/surrogate.txt
printf 'words \303\251 beyond the last \364\220\200\200 point' >encodings/beyond.txt
printf '\330\000w\000o\000r\000d\000s\000 \000a\000l\000o\000n\000e' >encodings/utf16-half-pair.txt
printf '%s Little.' "$good" | iconv -t UTF-16LE >encodings/utf16le-no-mark.txt
printf '%s Big.' "$good" | iconv -t UTF-16BE >encodings/utf16be-no-mark.txt
page "$good"$' Gr\374\337e aus K\366ln, sagte der Kapit\344n.' '<meta charset="utf-8">' >encodings/says-utf8.html
page "$good Grüße aus Köln." '<meta charset="shift_jis">' >encodings/says-shift-jis.html
page "$good" '<meta charset="no-such-charset">' >encodings/says-nonsense.html
head -c 4000 /dev/urandom >encodings/noise
run import encodings --source Encodings
expect_code 4
rejected encodings/truncated.txt 'invalid UTF-8 at byte 16'
rejected encodings/overlong.txt 'invalid UTF-8 at byte 37'
rejected encodings/surrogate.txt 'invalid UTF-8 at byte 25'
rejected encodings/beyond.txt 'invalid UTF-8 at byte 25'
rejected encodings/utf16-half-pair.txt '.'
rejected encodings/noise '.'
kept Encodings 5
expect_value 2 "select count(*) from claimbase.document where text like 'The ferry between%' and media_type like '%UTF-16%'"
expect_value 2 "select count(*) from claimbase.document where text like '%Grüße aus Köln%'"

# -- containers that are cut off, altered, packed too often, or bombs
mkdir packed
page "$good" >page.html
gzip -c page.html >page.gz
head -c 60 page.gz >packed/cut.gz
{ cat page.gz; echo rubbish; } >packed/tail.gz
sed 's/Ferry/Ferrx/' page.html | gzip -c | head -c -8 >packed/no-checksum.gz
{ head -c 30 page.gz; printf '\377\377\377\377'; tail -c +35 page.gz; } >packed/damaged.gz
cp page.gz packed/deep.gz
for i in 1 2 3 4 5 6; do gzip -c packed/deep.gz >deeper && mv deeper packed/deep.gz; done
head -c 300M /dev/zero | gzip -1 >packed/bomb.gz
gzip -c packed/bomb.gz >packed/bomb-in-bomb.gz
digest=$(printf %s "$(page "$good")" | openssl dgst -sha256 -hex | sed 's/.* //')
{
    record http://lindow.example/good "WARC-Payload-Digest: sha256:$digest"$'\r\n' "$(page "$good")"
    record http://lindow.example/bad $'WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n' "$(page 'Altered.')"
    record http://lindow.example/also '' "$(page "$good Twice.")"
    record http://lindow.example/cut '' "$(page "$good")" | head -c 250
} >packed/crawl.warc
run import packed --source Packed
expect_code 4
rejected packed/cut.gz 'the gzip data is cut off at byte 60'
rejected packed/tail.gz 'what follows the gzip data at byte [0-9]+ is no gzip data'
rejected packed/no-checksum.gz 'the gzip data is cut off'
rejected packed/damaged.gz 'damaged gzip data near byte'
rejected packed/deep.gz 'packed more than 4 times'
rejected packed/bomb.gz 'unpacks to more than 200 times its size'
rejected packed/bomb-in-bomb.gz 'unpacks to more than 200 times its size'
expect_err "rejected: packed/crawl.warc#2, line 2: the payload's digest does not match"
rejected packed/crawl.warc 'record 4 is cut off: [0-9]+ of [0-9]+ bytes are missing'
kept Packed 2

# -- nested pages, crowded tags
{ printf '<html><body>'; for i in $(seq 20000); do printf '<div>'; done; echo "$good"; } >deep.html
{ printf '<html><body><p'; for i in $(seq 20000); do printf ' a%d=1' "$i"; done; echo ">$good"; } >crowded.html
printf '{"text": "%s", "deep": %s}\n{"text": "%s"}\n' "$good" "$(printf '[%.0s' $(seq 100000))" "$good" >deep.jsonl
run import deep.html crowded.html deep.jsonl --source Nested
expect_code 4
rejected deep.html 'elements nested deeper than 512'
rejected crowded.html 'a tag with more than 4096 attributes'
expect_err 'rejected: deep.jsonl, line 1: is no JSON'
kept Nested 1

# -- lines of a gigabyte, through a pipe: none of it is held
gigabyte() { head -c 1G /dev/zero | tr '\0' x; }
run_with <(gigabyte) import - --source Gigabyte
expect_code 4
rejected - 'larger than [0-9]+ bytes'
run_with <(printf '{"text":"'; gigabyte; printf '"}\n{"text":"%s"}\n' "$good") import - --source Gigabyte
expect_code 4
expect_err 'rejected: -, line 1: line longer than [0-9]+ bytes'
run_with <(printf 'id,text\n1,"'; gigabyte; printf '"\n2,"%s"\n' "$good") import --claims - --source Gigabyte
expect_code 4
expect_err 'rejected: -, line 2: more than [0-9]+ bytes'
kept Gigabyte 2

# -- CSV
{
    printf 'external_id,text,speaker\n'
    printf '1,"%s",Ann Berg\n' "$good"
    printf '2,too few\n3,too,many,fields\n4,"never closed\n5,nul \0 here,x\n6,quo"te,x\n7,caf\303,x\n,no id,x\n9,,x\n'
    printf '10,"%s",Ann Berg' "$good"
} >rows.csv
run import --claims rows.csv --source Rows
expect_code 4
expect_err 'rejected: rows.csv, line 3: 2 fields instead of 3'
expect_err 'rejected: rows.csv, line 4: 4 fields instead of 3'
expect_err 'rejected: rows.csv, line 5: an unclosed quote'
expect_err 'rejected: rows.csv, line 6: a NUL byte'
expect_err 'rejected: rows.csv, line 7: '
expect_err 'rejected: rows.csv, line 8: '
expect_err 'rejected: rows.csv, line 9: external_id is empty'
expect_err 'rejected: rows.csv, line 10: text is empty'
kept Rows 2
expect_value '"4,""never closed"' "select content from claimbase.rejected_row where file = 'rows.csv' and line = 5"
printf 'text,published\n"%s",2024-01-05\n"\xe2\x80\x8b",2024-01-05\n"%s",05/13/2024\n' "$good" "$good" >documents.csv
run import --documents documents.csv --source Sheets
expect_code 4
expect_err 'rejected: documents.csv, line 3: holds no text'
expect_err "rejected: documents.csv, line 4: published '05/13/2024' is no ISO 8601"
kept Sheets 1
printf '{"@type":"ClaimReview","url":"https://f.example/1","claimReviewed":"%s"}\n{"@type":"ClaimReview"\n{"@type":"Thing"}\n' "$good" >reviews.json
run import --claimreview reviews.json
expect_code 4
expect_err 'rejected: reviews.json.* it is no JSON'
expect_err 'rejected: reviews.json.* neither a ClaimReview'
printf '{"text":"%s","published":"%s\303\251"}\n{"text":"\357\273\277"}\n' "$good" "$(printf 'a%.0s' $(seq 59))" >cut.jsonl
run import cut.jsonl --source Cut
expect_code 4
expect_err "rejected: cut.jsonl, line 1: 'published' is no date: 'a+\?'"
expect_err 'rejected: cut.jsonl, line 2: holds no text'

# -- what is no file, can't be read, or never ends
mkdir odd empty
ln -s nowhere odd/dangling
ln -s loop odd/loop
ln -s ../odd odd/self
mkfifo odd/pipe
: >odd/nothing
printf ' \n\t\n' >odd/blank
printf '\357\273\277' >odd/mark
echo "$good" >odd/good
run import odd --source Odd
expect_code 4
rejected odd/dangling 'No such file'
rejected odd/loop 'Too many levels of symbolic links'
rejected odd/pipe 'not a regular file'
rejected odd/nothing 'is empty'
rejected odd/blank 'holds no text'
rejected odd/mark 'holds no text'
kept Odd 1
run import /dev/zero --source Odd
expect_code 4
rejected /dev/zero 'larger than [0-9]+ bytes'
run import /dev/null --source Odd
expect_code 4
rejected /dev/null 'is empty'
run import empty --source Odd
expect_code 0
expect_err 'imported 0 new documents'
for kind in --claims --documents --claimreview; do
    run import "$kind" empty --source Odd
    expect_code 3
    expect_err "empty'.*( folder|Is a directory)"
    run import "$kind" odd/dangling --source Odd
    expect_code 3
    expect_err "could not open 'odd/dangling': No such file"
    run import "$kind" /dev/null --source Odd
    check "an empty file of $kind is no crash" test "$code" -le 4
done
if [ "$(id -u)" != 0 ]; then # root reads everything
    echo "$good" >secret.txt
    chmod 000 secret.txt
    run import secret.txt --source Odd
    expect_code 4
    rejected secret.txt 'Permission denied'
fi
last='an import that waits for a pipe is told to stop' # once: a second signal, which timeout sends to its group, kills
timeout --foreground -s INT 2 "$program" import odd/pipe --source Odd >stdout 2>stderr
expect_err "stopped while it waited for 'odd/pipe'"
{ sleep 4 | timeout --foreground -s INT 2 "$program" import - --source Odd; } >stdout 2>stderr
expect_err 'stopped while it waited for input'

# -- files that go or change while others are read: the first is a pipe, which waits for us
mkfifo first
printf '%s Gone.' "$good" >gone.txt
printf '%s Before.' "$good" >changed.txt
"$program" import first gone.txt changed.txt --source Moving >stdout 2>stderr &
import=$!
exec 9>first
rm gone.txt
printf '%s After.' "$good" >changed.txt
echo "$good" >&9
exec 9>&-
wait $import
code=$? last='import of files that go and change'
expect_code 4
rejected gone.txt 'No such file'
kept Moving 2
expect_value 1 "select count(*) from claimbase.document where text like '%After.'"
mkdir writing
(while :; do
    for i in 1 2 3 4 5 6 7 8; do
        head -c 200000 page.html >writing/$i
        for j in 1 2 3 4 5 6 7 8 9; do cat page.html; done >>writing/$i
        rm -f "writing/$((i % 8 + 1))"
    done
done) 2>/dev/null &
writer=$!
for i in 1 2 3 4 5; do
    run import writing --source Writing
    check 'files that are written and removed are read or rejected' test "$code" = 0 -o "$code" = 4
done
kill $writer
wait $writer 2>/dev/null

# -- names
mkdir names
for name in 'a blank' $'line\nbreak' $'caf\351' '-dash' 'quote"'"'" 'semi;$(date)' $'bell\a' 'über'; do
    echo "$good" >"names/$name"
    : >"names/$name.empty"
done
run import names --source Names
expect_code 4
kept Names 1
expect_value 8 "select count(*) from claimbase.rejected_row where file like 'names/%' and reason = 'is empty'"
expect_value 1 "select count(*) from claimbase.rejected_row where file like E'names/line\nbreak.empty'"
check 'a name that acts on terminals is masked' bash -c '! grep -q "$(printf "\a")" stderr'
run import names/-dash 'names/a blank' $'names/line\nbreak' $'names/caf\351' --source 'More names'
expect_code 0
kept 'More names' 1

# -- very many small files
mkdir crowd
for i in $(seq 3000); do echo "Note $i: ferry $i was late." >"crowd/$i"; done
run import crowd --source Crowd
expect_code 0
kept Crowd 3000

# -- the server is stopped in the middle
for i in $(seq 400); do printf '{"text":"Ferry %d was late, the company said."}\n' "$i"; done >half
sed 's/Ferry/Boat/' half >other-half
mkfifo slow
"$program" import slow --source Stopped --batch 10 >stdout 2>stderr &
import=$!
exec 9>slow
cat half >&9
for i in $(seq 100); do
    [ "$("$program" sql --format csv "select count(*) >= 100 from claimbase.document d join claimbase.source s using (source_id) where s.name = 'Stopped'" | tail -n 1)" = t ] && break
    sleep 0.1
done
server=$(head -n 1 "$work/home/data/postmaster.pid" 2>/dev/null || head -n 1 "$work"/home/*/postmaster.pid)
kill -QUIT "$server"
while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
cat other-half >&9 2>/dev/null
exec 9>&-
wait $import
code=$? last='import while the server is stopped'
expect_code 5
expect_err 'claimbase: .*(server|connection)'
cat half other-half >both
run import both --source Stopped
expect_code 0
kept Stopped 800
expect_value 0 "select count(*) from claimbase.document d join claimbase.source s using (source_id) where s.name = 'Stopped' and not exists (select from claimbase.sentence t where t.document_id = d.document_id)"

# -- afterwards: all is whole, and the counts of the runs are those of the tables
run verify
expect_code 0
expect_value 0 'select count(*) from claimbase.import_run r where rejected <> (select count(*) from claimbase.rejected_row x where x.run_id = r.run_id)'
expect_value 0 'select (select sum(documents_new) from claimbase.import_run) - (select count(*) from claimbase.document)'
expect_value 0 "select count(*) from claimbase.rejected_row where file = '' or reason = ''"
run list rejected
expect_code 0
finish
