#!/bin/bash
# Pages, archives and records on the command line.
. "$(dirname "$0")/../harness/cli.sh"

cat >"$work/page.txt" <<'EOF'
<!DOCTYPE html><html lang="en"><head><title>Crane falls into harbour | Lund Post</title>
<meta property="og:site_name" content="Lund Post"><meta name="author" content="Kim Odell">
<meta property="article:published_time" content="2019-03-15T09:30:00+01:00"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Crane falls into harbour</h1>
<p>The harbour was closed on Monday, the council said, after the old crane had fallen into the water.</p>
<p>Ann Berg said the ferry would not sail before the end of the week.</p></article>
<footer>All rights reserved</footer></body></html>
EOF
gzip -c "$work/page.txt" >"$work/page.gz"
{
    printf '{"text":"The mayor said the bridge was safe.","title":"Bridge","published":"2019-03-16"}\n'
    printf '{"title":"no text"}\n'
    printf '{"text":"The engineer denied it."}\n'
} >"$work/feed"
body=$(cat "$work/page.txt")
response=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s' "$body")
{
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://lund.example/crane\r\nWARC-Date: 2019-03-17T00:00:00Z\r\n'
    printf 'Content-Length: %d\r\n\r\n%s\r\n\r\n' "$(printf %s "$response" | wc -c)" "$response"
} >"$work/crawl"

run extract --format json "$work/page.txt"
expect_code 0
expect_out '"title": ?"Crane falls into harbour"'
expect_out '"byline": ?"Kim Odell"'
expect_out '"published": ?"2019-03-15'
expect_out '"site_name": ?"Lund Post"'
expect_no_out 'All rights reserved|Home'

run extract --format json "$work/page.gz"
expect_code 0
expect_out 'would not sail'

run extract --format json "$work/crawl"
expect_code 0
expect_out '"url": ?"http://lund.example/crane"'

run import "$work/page.gz" "$work/feed"
expect_code 4
run sql --format csv "select title from report.documents order by 1"
expect_out 'Bridge'
expect_out 'Crane falls into harbour'
expect_value 3 'select count(*) from report.documents'
run list rejected
expect_out 'has no'

head -c 100 "$work/page.gz" >"$work/cut.gz"
run import "$work/cut.gz"
expect_code 4
run list rejected
expect_out 'cut off'

run import "http://127.0.0.1:1/nobody"
expect_code 4
run list rejected
expect_out 'could not be fetched'

finish
