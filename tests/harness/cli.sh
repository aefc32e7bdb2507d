# For the tests of the command line: sourced by tests/cli/test_*.sh, which get the program's path as $1.
#
#     . "$(dirname "$0")/../harness/cli.sh"
#     run import "$work/article.txt" --source Example
#     expect_code 0
#     expect_err 'imported 1'
#     finish
#
# Everything happens in a folder of its own with a blank in its name; the server in it is stopped and the
# folder removed at the end, however it comes.
set -u
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/claimbase cli XXXXXX")
chmod 755 "$work"
export CLAIMBASE_HOME="$work/home"
unset CLAIMBASE_DSN
export NO_COLOR=1 LC_ALL=C.UTF-8 TZ=UTC
failures=0 checks=0 last=

cleanup() {
    "$program" db stop >/dev/null 2>&1
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM HUP

# Runs the program; its output is in $out and $err, its exit code in $code.
run() {
    last="claimbase $*"
    "$program" "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
    code=$?
    out=$(cat "$work/stdout")
    err=$(cat "$work/stderr")
}

# The same with standard input: run_with FILE ARGUMENT...
run_with() {
    local input=$1
    shift
    last="claimbase $* < $input"
    "$program" "$@" >"$work/stdout" 2>"$work/stderr" <"$input"
    code=$?
    out=$(cat "$work/stdout")
    err=$(cat "$work/stderr")
}

fail() {
    failures=$((failures + 1))
    printf 'FAILED: %s\n  after: %s\n  exit code %s\n  stdout: %s\n  stderr: %s\n' \
        "$1" "$last" "${code:-}" "$(head -c 2000 "$work/stdout")" "$(head -c 2000 "$work/stderr")"
}

check() { # check DESCRIPTION COMMAND...
    checks=$((checks + 1))
    local what=$1
    shift
    "$@" || fail "$what"
}

expect_code() { check "exit code $1" test "$code" -eq "$1"; }
expect_out() { check "output has: $1" grep -qE -- "$1" "$work/stdout"; }
expect_no_out() { checks=$((checks + 1)); ! grep -qE -- "$1" "$work/stdout" || fail "output has not: $1"; }
expect_err() { check "messages have: $1" grep -qE -- "$1" "$work/stderr"; }
expect_no_err() { checks=$((checks + 1)); ! grep -qE -- "$1" "$work/stderr" || fail "messages have not: $1"; }
expect_empty_out() { checks=$((checks + 1)); [ ! -s "$work/stdout" ] || fail "no output"; }
expect_value() { # expect_value VALUE QUERY: the query's only value
    run sql --format csv "$2"
    check "'$2' is '$1'" test "$(tail -n +2 "$work/stdout")" = "$1"
}

finish() {
    [ "$checks" -gt 0 ] || { echo "no check was made"; exit 1; }
    echo "$checks checks, $failures failed"
    [ "$failures" -eq 0 ]
    exit
}
