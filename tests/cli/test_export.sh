#!/usr/bin/env bash
# Exports, and the imports that take them back.
. "$(dirname "$0")/../harness/cli.sh"

cat >"$work/one.txt" <<'TEXT'
Harbour bridge closed after inspection

"We found almost 40 cracks in the main girder," engineer Ada Holm told the Norland Gazette on Tuesday. She said that repairs would take two years.
TEXT
cat >"$work/two.txt" <<'TEXT'
Bridge repairs to last two years

Repairs of the harbour bridge will take two years, engineer Ada Holm said in an interview with the Norland Gazette.
TEXT
run import --source 'Northern Post' --url https://post.example/bridge --published 2024-05-02 "$work/one.txt"
expect_code 0
run import --source 'Coast Radio' "$work/two.txt"
expect_code 0
cat >"$work/claims.csv" <<'TEXT'
external_id,text,speaker,date,source,url,status
c1,The bridge was built in 1931,Ada Holm,2024-05-01,City Archive,https://archive.example/1931,verified
c2,"The bridge has ""no"" cracks, he said",Ole Berg,2024-05-03,Coast Radio,https://check.example/2,refuted
c3,Tolls will rise by a quarter,,,City Council,,
TEXT
run import --claims "$work/claims.csv"
expect_code 0
claim=$("$program" sql --format csv "select claim from report.claims where text like '%almost 40 cracks%' limit 1" | tail -n +2)
check "a claim was found" test -n "$claim"
run mark "$claim" disputed --by 'Bo "Checker" Ås' --note 'the report says 36' --evidence https://report.example/girder
expect_code 0

# the whole database: out, in, and out again are the same bytes
run export database "$work/all.jsonl"
expect_code 0
check "no half file is left" test ! -e "$work/all.jsonl.part"
first_home=$CLAIMBASE_HOME
CLAIMBASE_HOME="$work/other home"
run import --database "$work/all.jsonl"
expect_code 0
run export database "$work/again.jsonl"
expect_code 0
check "the round trip changes nothing" cmp -s "$work/all.jsonl" "$work/again.jsonl"
run import --database "$work/all.jsonl"
expect_code 8
expect_err 'not empty'
# numbers go on behind those that came
run import --source 'A new one' --claims "$work/claims.csv"
expect_code 0
expect_value 0 "select count(*) - count(distinct source_id) from claimbase.source"
"$program" db stop -q

# what was changed, cut off or is something else is refused whole
CLAIMBASE_HOME="$work/third home"
sed 's/almost 40 cracks/almost 50 cracks/' "$work/all.jsonl" >"$work/changed.jsonl"
run import --database "$work/changed.jsonl"
expect_code 10
expect_err 'was changed'
head -n -1 "$work/all.jsonl" >"$work/cut.jsonl"
run import --database "$work/cut.jsonl"
expect_code 10
expect_err 'cut off'
head -c 3000 "$work/all.jsonl" >"$work/torn.jsonl"
run import --database "$work/torn.jsonl"
expect_code 3
run import --database "$work/one.txt"
expect_code 3
expect_err 'line 1'
sed '1s/"migration": [0-9]*/"migration": 999/' "$work/all.jsonl" >"$work/newer.jsonl"
run import --database "$work/newer.jsonl"
expect_code 6
run import --database "$work/nowhere.jsonl"
expect_code 3
expect_value 0 "select count(*) from claimbase.document"
expect_value 0 "select count(*) from claimbase.source"

# ClaimReview: out of one database and into another
CLAIMBASE_HOME=$first_home
run export claimreview "$work/reviews.json" --base-url https://facts.example/ --publisher 'Facts & Co'
expect_code 0
run export claimreview -
expect_code 0
python3 - "$work/reviews.json" <<'PYTHON' || fail "the reviews are not what ClaimReview asks for"
import json, sys
reviews = json.load(open(sys.argv[1], encoding="utf8"))
assert len(reviews) == 3, len(reviews)
for r in reviews:
    assert r["@type"] == "ClaimReview" and r["@context"] == "https://schema.org"
    assert r["url"].startswith("https://facts.example/claim/")
    assert r["claimReviewed"] and r["author"] == {"@type": "Organization", "name": "Facts & Co"}
    assert r["reviewRating"]["alternateName"] and r["itemReviewed"]["@type"] == "Claim"
by_text = {r["claimReviewed"]: r for r in reviews}
assert by_text["The bridge was built in 1931"]["reviewRating"]["ratingValue"] == 5
assert by_text['The bridge has "no" cracks, he said']["itemReviewed"]["author"]["name"] == "Ole Berg"
PYTHON
wanted=$("$program" sql --format csv "select text, speaker, status, published::date from report.claims where status in ('verified', 'refuted', 'disputed') order by text")
"$program" db stop -q
CLAIMBASE_HOME="$work/third home"
run import --claimreview "$work/reviews.json"
expect_code 0
expect_err '^3 reviews in the files$'
expect_no_err 'in no map'
got=$("$program" sql --format csv "select text, speaker, status, published::date from report.claims where status in ('verified', 'refuted', 'disputed') order by text")
check "the same claims, speakers, verdicts and days" test "$wanted" = "$got"
expect_value 3 "select count(*) from claimbase.document where raw is not null and kind = 'claim_record'"
expect_value claimreview "select kind from claimbase.import_run order by run_id desc limit 1"
run import --claimreview "$work/reviews.json"
expect_code 0
expect_err '3 known already'
# what others reviewed is exported as theirs, until somebody here judges it anew
one_review() { # one_review TEXT EXPRESSION: what Python makes of the review r of that claim
    run export claimreview
    python3 -c 'import json, sys; r, = [x for x in json.load(sys.stdin) if sys.argv[1] in x["claimReviewed"]]; print(eval(sys.argv[2]))' \
        "$1" "$2" <"$work/stdout"
}
whose='r["author"]["name"], r["url"].rpartition("/")[0], r["author"]["@type"]'
check "the review is that of who made it" test "$(one_review 'built in 1931' "$whose")" = \
    "('Facts & Co', 'https://facts.example/claim', 'Organization')"
bridge=$("$program" sql --format csv "select claim from report.claims where text like '%built in 1931%'" | tail -n +2)
run mark "$bridge" in_review --by Ann --note 'read the plans'
run mark "$bridge" refuted --by Ann --evidence https://archive.example/plans
expect_code 0
run mark "$bridge" refuted --by Ben
expect_code 0
check "judged anew it is ours, and the second checker is not its author" test "$(one_review 'built in 1931' "$whose")" = \
    "('Ann', 'urn:claimbase:claim', 'Person')"
check "evidence outlives the second check" test "$(one_review 'built in 1931' 'r["citation"][0]["url"]')" = https://archive.example/plans
cracks=$("$program" sql --format csv "select claim from report.claims where text like '%cracks, he said%'" | tail -n +2)
run mark "$bridge" in_review --by Ann --note 'once more'
run mark "$bridge" refuted --by Ann --evidence "claim:$cracks"
expect_code 0
check "a claim as evidence has an address and a name" test \
    "$(one_review 'built in 1931' 'r["citation"][0]["url"].endswith("'"$cracks"'"), len(r["citation"][0]["name"]) > 5')" = '(True, True)'

# a feed, Google's form, JSON Lines, ratings of one's own, and what is none
cat >"$work/feed.json" <<'JSON'
{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [
  {"@type": "DataFeedItem", "item": [{"@type": ["Review", "ClaimReview"], "url": "https://a.example/1", "claimReviewed": "Milk glows at night",
    "author": {"@type": "Organization", "name": "A"}, "reviewRating": {"@type": "Rating", "ratingValue": "1", "bestRating": "5", "worstRating": "1", "alternateName": "Total bunk"}}]},
  {"@type": "DataFeedItem", "item": {"@type": "ClaimReview", "url": "https://a.example/2", "reviewRating": {"alternateName": "True"}}},
  {"@type": "Person", "name": "nobody"}]}
JSON
run import --claimreview "$work/feed.json"
expect_code 4
expect_err 'does not say which claim'
expect_err 'neither a ClaimReview'
expect_value refuted "select status from report.claims where text = 'Milk glows at night'"
expect_value 2 "select count(*) from report.rejected where file like '%feed.json'"
cat >"$work/google.json" <<'JSON'
{"claims": [{"text": "Tea cures colds", "claimant": "A leaflet", "claimDate": "2023-02-01T00:00:00Z", "claimReview": [
  {"publisher": {"name": "B", "site": "b.example"}, "url": "https://b.example/tea", "title": "Tea and colds", "reviewDate": "2023-02-03T00:00:00Z", "textualRating": "False.", "languageCode": "en"},
  {"publisher": {"site": "c.example"}, "url": "https://c.example/tea", "textualRating": "Three teacups", "languageCode": "en"}]}], "nextPageToken": "x"}
JSON
run import --claimreview "$work/google.json"
expect_code 0
expect_err '^2 reviews in the files$'
expect_err '^the rating of 1 of them is in no map'
expect_value 'refuted unverified' "select string_agg(status, ' ' order by status) from report.claims where text = 'Tea cures colds'"
printf 'rating,status\nthree teacups,disputed\n' >"$work/map.csv"
sed 's/tea"/tea2"/g' "$work/google.json" >"$work/google2.json"
run import --claimreview "$work/google2.json" --rating-map "$work/map.csv"
expect_code 0
expect_value 'disputed refuted refuted unverified' "select string_agg(status, ' ' order by status) from report.claims where text = 'Tea cures colds'"
printf 'rating,status\nx,splendid\n' >"$work/bad.csv"
run import --claimreview "$work/google2.json" --rating-map "$work/bad.csv"
expect_code 3
expect_err "line 2: there is no status 'splendid'"
printf '{"@type":"ClaimReview","url":"https://d.example/1","claimReviewed":"One"}\nnot json\n{"@type":"ClaimReview","url":"https://d.example/2","claimReviewed":"Two"}\n' >"$work/lines.jsonl"
run import --claimreview "$work/lines.jsonl"
expect_code 4
expect_value 2 "select count(*) from report.claims where text in ('One', 'Two')"
run import --claimreview "$work/one.txt"
expect_code 4
expect_err 'it is no JSON'

# provenance, read by somebody else's program where it is installed
"$program" db stop -q
CLAIMBASE_HOME=$first_home
run export prov "$work/prov.json"
expect_code 0
python3 -c 'import json, sys; p = json.load(open(sys.argv[1])); assert {"prefix", "agent", "entity", "activity", "bundle"} <= set(p), p.keys()' \
    "$work/prov.json" || fail "PROV-JSON has its sections"
for python in /usr/bin/python3 python3; do
    "$python" -c 'import prov' 2>/dev/null || continue
    "$python" - "$work/prov.json" <<'PYTHON' || fail "PROV-JSON is read by python3-prov"
import sys
import prov.model
document = prov.model.ProvDocument.deserialize(sys.argv[1])
bundles = list(document.bundles)
assert len(bundles) == 3, len(bundles)
flat = document.flattened().unified()
kinds = {type(r).__name__ for r in flat.get_records()}
assert {"ProvEntity", "ProvActivity", "ProvAgent", "ProvDerivation", "ProvAttribution", "ProvGeneration", "ProvUsage"} <= kinds, kinds
PYTHON
    echo "PROV-JSON was read by python3-prov"
    break
done

# annotations select the words that they name
run export annotations "$work/annotations.json"
expect_code 0
python3 - "$work/annotations.json" "$work/one.txt" <<'PYTHON' || fail "the annotations hold"
import json, sys
page = json.load(open(sys.argv[1], encoding="utf8"))
text = open(sys.argv[2], encoding="utf8").read()
assert page["type"] == "AnnotationPage" and page["items"]
seen = 0
for a in page["items"]:
    quote, position = a["target"]["selector"]
    assert quote["type"] == "TextQuoteSelector" and position["type"] == "TextPositionSelector"
    if a["target"]["source"] == "https://post.example/bridge":
        assert text[position["start"]:position["end"]] == quote["exact"]
        seen += 1
assert seen > 0
PYTHON

# CSV with its metadata
run export csv "$work/tables"
expect_code 0
python3 - "$work/tables" <<'PYTHON' || fail "each CSV has the columns that its metadata names"
import csv, glob, json, os, sys
files = sorted(glob.glob(os.path.join(sys.argv[1], "*.csv")))
assert len(files) >= 10
for path in files:
    metadata = json.load(open(path + "-metadata.json", encoding="utf8"))
    rows = list(csv.reader(open(path, encoding="utf8", newline="")))
    names = [c["name"] for c in metadata["tableSchema"]["columns"]]
    assert metadata["@context"] == "http://www.w3.org/ns/csvw" and metadata["url"] == os.path.basename(path)
    assert rows[0] == names, path
    assert all(c.get("dc:description") for c in metadata["tableSchema"]["columns"]), path
    assert all(len(r) == len(names) for r in rows), path
    key = [names.index(k) for k in metadata["tableSchema"]["primaryKey"]]
    keys = [tuple(r[i] for i in key) for r in rows[1:]]
    assert len(set(keys)) == len(keys), path
PYTHON

# what can't be written
run export database "$work/no folder/x"
expect_code 3
run export csv "$work/one.txt"
expect_code 3
if [ -e /dev/full ]; then
    "$program" export database >/dev/full 2>"$work/stderr"
    code=$?
    expect_code 1
fi
finish
