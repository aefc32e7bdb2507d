#!/usr/bin/env bash
# Whoever denies something must never be shown as the one who says it.
. "$(dirname "$0")/../harness/cli.sh"

cat >"$work/post.txt" <<'TEXT'
Lead in the water of Tarnbrook

Mayor Colin Park denied that the council had known of the lead since January. Residents fetch their water from a lorry.
TEXT
cat >"$work/claims.csv" <<'CSV'
id,text,source,date
k1,The council had known of the lead since January.,Reader tips,2024-06-13
CSV
run import --source 'Daily Compass' --published 2024-06-12 "$work/post.txt"
expect_code 0
run import --claims "$work/claims.csv"
expect_code 0
run match
expect_code 0
expect_value 1 "SELECT count(*) FROM matches WHERE relation = 'contradicts'"
denial=$("$program" sql --format csv "SELECT claim FROM claims WHERE modality = 'denied'" | tail -n +2)
check 'there is one denial' test -n "$denial"

denies='Daily Compass, Colin Park denies: “the council had known of the lead since January”'
run report consistency
expect_out "$denies"
expect_out 'Reader tips: “The council had known'
run link k1 primary-source https://archive.example/mail --by Ann
expect_code 0
run report consistency
expect_out 'A rests on 1 known origin; B rests on 1 document of unknown origin\.$'
run link "${denial%.*}" primary-source https://compass.example/tape --by Ann
expect_code 0
run report consistency
expect_out 'A rests on 1 known origin; B rests on 1 known origin\.$'
expect_no_out 'independent origins'
run match
run report consistency --format csv
expect_out '^topic,.*,text,modality,shown_as$'
expect_out "$denial,.*,denied,$"
run report consistency --format json
expect_out '"speaker":"Colin Park","modality":"denied"'
run report consistency --format html
expect_out '<td>Colin Park</td><td>denied</td>'
run report conflicts --format csv
expect_out '^type,a_claim,a_source,a_speaker,a_modality,a_text,.*,b_speaker,b_modality,b_text,'
expect_out 'denied'
run report queue --format csv
expect_out "$denial,Daily Compass,Colin Park,denied,"
run list claims
expect_out "^$denial +Daily Compass +Colin Park +denied +unverified"
run search --format csv 'the council had known of the lead'
expect_out "$denial,[0-9.]+,unverified,Daily Compass,Colin Park,denied,"
run search --format json 'the council had known of the lead'
expect_out '"speaker":"Colin Park","modality":"denied"'
run why "$denial"
expect_out "^claim: $denial $denies$"
run why k1
expect_out "^  contradicts: $denial $denies – unverified"

# ---- a verdict is about the denial, and says so
run mark "$denial" refuted --by Ann --evidence https://council.example/minutes
expect_code 0
expect_err "^$denial is a denial: 'refuted' says that what is denied is so$"
run mark k1 verified --by Ann --evidence https://council.example/minutes
expect_code 0
expect_no_err 'denial'
run retract "$denial" --note x
run retract "${denial%.*}" --note 'the paper took it back' --by Ann
expect_code 0
run report needs-review --format csv
expect_out "^$denial,refuted,document_retracted,.*,Daily Compass,Colin Park,denied,"
run export claimreview
expect_code 0
expect_out '"claimReviewed": "Colin Park denies: “the council had known of the lead since January”"'
run export annotations
expect_out '"value": "Colin Park denies: “the council had known of the lead since January”"'

finish
