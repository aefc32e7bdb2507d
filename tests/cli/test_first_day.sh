#!/usr/bin/env bash
# What somebody meets who has just found the program: nothing stored, nothing matched, names mistyped.
. "$(dirname "$0")/../harness/cli.sh"

# ---- before there is anything
run search 'the ferry ran aground'
expect_code 0
expect_err '^none$'
run history
expect_err '^none$'
run report consistency
expect_err '^none$'
expect_no_err 'not matched'

# ---- one document, counted as one
printf 'The ferry ran aground on Friday.\n' >"$work/one.txt"
run import "$work/one.txt"
expect_err '^imported 1 new document: 1 sentence, 1 claim, 0 attributions, 1 quantity, 0 links$'
expect_err "^1 of the new has the source 'unknown': --source NAME says whose they are$"
expect_err "^  'claimbase undo 1', then import them again with it$"
run verify
expect_err '^1 document \(1 sealed\), 1 sentence, 1 claim: anchors 1 exact'
expect_err '^0 chains, 0 events, 0 pieces of evidence$'
run extract "$work/one.txt"
expect_out '^holds +1 sentence, 1 claim, 0 speakers$'

# ---- reports that rest on matches say what they leave out
cat >"$work/claims.csv" <<'CSV'
id,text,source,date
f1,The ferry ran aground near Port Ellery and 14 people were injured.,Coastal Wire,2024-05-03
f2,The ferry ran aground near Port Ellery and 14 people were injured.,Daily Ledger,2024-05-03
CSV
run import --claims "$work/claims.csv"
expect_code 0
for report in 'report consistency' 'report conflicts' 'report corroboration' 'report agreement' 'report origins' 'report queue' 'list matches'; do
    # shellcheck disable=SC2086
    run $report
    expect_code 0
    expect_err '^there are documents that were not matched yet and are left out here: claimbase match$'
done
run report sources
expect_no_err 'not matched'
run report consistency --as-of 2024-05-04
expect_err '^none: --as-of shows what was in the database by then, whenever it was published$'
expect_no_err 'not matched'
run search 'ferry'
run report queue
expect_err 'not matched'
run match
expect_out '^matched 3 claims: 1 pair agrees, 0 contradict, '
expect_out '^clusters made or changed: 1; documents whose origin was looked up: 3$'
run report consistency
expect_no_err 'not matched'
run report corroboration
expect_out 'document [0-9a-f]{8}: nothing is recorded'
run report --help
expect_out '^  conflicts      pairs'
expect_out '^  corroboration  how many'
expect_out '^claimbase report consistency --help tells all about one\.$'
run report consistency
expect_out 'origin not known: document [0-9a-f]{8} of Coastal Wire – '
run report agreement --format csv
expect_out '^Coastal Wire,Daily Ledger,1,0,1.00$'

# ---- what is mistyped is not 'none'
run reprot consistency
expect_code 2
expect_err "^hint: did you mean 'report'\? claimbase --help lists them$"
run report consistenzy
expect_err "^hint: did you mean 'consistency'\? claimbase report --help lists them$"
run list claim
expect_err "did you mean 'claims'"
run bake
expect_err '^hint: claimbase --help lists them$'
run import --dry-run "$work/one.txt"
expect_err '^would import [01] new documents?: '
for of in 'report queue' 'report consistency' 'report conflicts' 'list claims' 'list documents'; do
    # shellcheck disable=SC2086
    run $of --source 'Coastel Wire'
    expect_code 7
    expect_err "there is no source 'Coastel Wire'"
    expect_err 'hint: claimbase list sources'
done
run report conflicts --source 'Coastal Wire'
expect_code 0
expect_err '^none$'
run list claims --status true
expect_code 2
expect_err "unverified\|in_review\|verified"
run show one.txt
expect_code 7
expect_err "neither a document nor a claim 'one.txt'"
expect_err 'hint: a document is named by the beginning of its id, .*claimbase list documents'
run show abcdef01.3
expect_code 7
expect_err "there is no claim 'abcdef01.3'"
run show f1
expect_code 0

run list claims --since yesterday
expect_code 2
expect_err "2024-05-01"
run report status --as-of yesterday
expect_code 2
run sql 'SELECT 1; SELECT 2'
expect_code 1
expect_err "hint: one query at a time; 'claimbase psql'"

# ---- a column that means nothing here is named
printf 'id;text;quelle;date\n9;The ferry sank.;Blatt;2024-05-03\n' >"$work/semi.csv"
run import --claims "$work/semi.csv"
expect_code 0
expect_err 'semi.csv: columns passed over: quelle$'
run import --claims "$work/claims.csv"
expect_no_err 'passed over'

# ---- what is no article is not read as one
run import "$work/claims.csv"
expect_code 4
expect_err 'claims.csv: is a CSV file: --claims, --documents, .* says what its rows are$'
printf '%%PDF-1.4\n\000\001' >"$work/paper.pdf"
run import "$work/paper.pdf"
expect_code 4
expect_err 'paper.pdf: is a PDF file, which is not read: save its text$'
printf '{"@type": "ClaimReview", "claimReviewed": "One"}\n' >"$work/review.json"
run import "$work/review.json"
expect_code 4
expect_err 'review.json, line 1: is a ClaimReview: --claimreview imports it$'
printf '[\n  {\n "@type": "ClaimReview"\n}]\n' >"$work/reviews.json"
run import "$work/reviews.json"
expect_code 4
expect_err 'reviews.json: is JSON, but not one object a line; reviews of claims are imported with --claimreview$'
run import ''
expect_code 2
expect_err 'one of the paths is empty'
mkdir "$work/nothing"
run import "$work/nothing"
expect_code 0
expect_err '^there was nothing to read'

# ---- both sides of a merge know of it
printf 'document,text,speaker\nf1,The ferry ran aground near Port Ellery and 14 people were injured.,Ann Lee\nf2,The ferry ran aground near Port Ellery and 14 people were injured.,A. Lee\n' >"$work/who.csv"
run import --attributions "$work/who.csv"
expect_code 0
run speaker merge 'A. Lee' 'Ann Lee' --by Ben
expect_code 0
run speaker history 'Ann Lee'
expect_out 'merged +[0-9]+ +A\. Lee +[0-9]+ +Ann Lee +Ben'

# ---- the status and what stands behind it, in words
run why f1
expect_out 'Coastal Wire \(reliability not judged\)'
expect_out 'origin: document [0-9a-f]{8}: '
run why "$("$program" sql --format csv "SELECT document FROM documents WHERE source = 'unknown'" | tail -n 1)"
expect_code 2
expect_err "is a document; 'why' explains a claim"
expect_err 'hint: claimbase show [0-9a-f]{8} lists its claims'
run mark f1 verified --by Ann --evidence https://register.example --credibility 2
run why f1
expect_out '^  status: verified, credibility 2 \(probably true\)$'
run mark f2 disputed --by Ann --note x
run why f2
expect_out '^  status: disputed$'

# ---- what is found in a text, in its own words
printf 'At least 30 percent of the 8,400 homes have lead pipes, and more than 20 were tested on Monday.\n' >"$work/two.txt"
run extract "$work/two.txt"
expect_out 'share: “At least 30 percent”, 30 or more %|share: “At least 30 percent”, 30 to 100 %'
expect_out 'count: “8,400”, 8400 \(home\)'
expect_out 'count: “more than 20”, 20 or more'
expect_out 'date: “Monday”$'

finish
