#!/usr/bin/env bash
# The frame of the program: help, version, wrong words, and the private server.
. "$(dirname "$0")/../harness/cli.sh"

run --help
expect_code 0
expect_out '^usage: claimbase COMMAND'
run --version
expect_code 0
expect_out '^claimbase [0-9]+\.[0-9]+\.[0-9]+$'
run
expect_code 2
expect_empty_out
expect_err 'no command'
run nonsense
expect_code 2
expect_err "unknown command 'nonsense'"
run --dsn 'host=nowhere password=hidden' list claims
expect_code 2
expect_err "option '--dsn' stands before the command"
expect_err 'hint: options go behind the command: claimbase COMMAND --dsn'
run --dsn='password=hidden' list claims
expect_code 2
check 'the value is not quoted back' test "$(grep -c hidden "$work/stderr")" = 0
run db nonsense
expect_code 2
expect_err "unknown db 'nonsense'"

# every command, and every word below it, has help and refuses what it does not know
commands=$("$program" --help | sed -n 's/^  \([a-z-]*\) .*/\1/p')
check "commands are listed" test -n "$commands"
for command in $commands; do
    run "$command" --help
    expect_code 0
    expect_out "^usage: claimbase $command"
    words=$(sed -n '/^options:/q; s/^  \([a-z-]*\)  .*/\1/p' "$work/stdout")
    if [ -z "$words" ]; then
        run "$command" --no-such-option
        expect_code 2
        expect_err '^claimbase: .*--no-such-option'
        expect_empty_out
    fi
    for word in $words; do
        run "$command" "$word" --help
        expect_code 0
        expect_out "^usage: claimbase $command $word"
        run "$command" "$word" --no-such-option
        expect_code 2
        expect_err "^hint: claimbase $command $word --help"
    done
done

run help --man
expect_code 0
expect_out '^\.TH CLAIMBASE 1'

# output that can't be written is an error, not success
if [ -e /dev/full ]; then
    "$program" --help >/dev/full 2>"$work/stderr"
    code=$?
    expect_code 1
    expect_err "can't write to standard output"
fi

# nothing of the above has made a database
check "help makes no database" test ! -e "$CLAIMBASE_HOME"
run db status
expect_code 0
expect_out '^state +not made yet'
run db stop
expect_code 0

run db start
expect_code 0
expect_out '^state +running'
check "the home is private" test "$(stat -c %a "$CLAIMBASE_HOME")" = 700
run db start
expect_code 0
run db migrate
expect_code 0
expect_out 'up to date'

# no checksum, encoding or fsync is left to chance
expect_value on 'show data_checksums'
expect_value on 'show fsync'
expect_value UTF8 'show server_encoding'
expect_value C.UTF-8 'select datcollate from pg_database where datname = current_database()'

run db backup "$work/my backup"
expect_code 0
check "the backup is pg_dump's" test "$(head -c 5 "$work/my backup")" = PGDMP
run db backup "$work/no such folder/backup"
expect_code 13
check "no half backup" test -z "$(ls "$work" | grep part)"

run db distribute
expect_code 0
expect_err 'citus is not in this database'

# a server that was killed is recovered from
pid=$("$program" db status | sed -n 's/^process //p')
kill -9 "$pid"
run db migrate
expect_code 0
expect_out 'up to date'

# a stale pid file that names a living process of somebody else
"$program" db stop -q
"$program" db start -q >/dev/null
pid=$("$program" db status | sed -n 's/^process //p')
kill -9 "$pid"
sleep 30 &
sleeper=$!
sed -i "1s/.*/$sleeper/" "$CLAIMBASE_HOME/data/postmaster.pid"
run db migrate
expect_code 0
kill "$sleeper"

run db stop
expect_code 0
run db status
expect_out '^state +stopped'

# many at once make one cluster
export CLAIMBASE_HOME="$work/second home"
pids=
for i in 1 2 3 4 5; do
    "$program" db start >"$work/start.$i" 2>&1 &
    pids="$pids $!"
done
for pid in $pids; do
    wait "$pid" || fail "a start of five at once"
done
made=$(cat "$work"/start.* | grep -c 'making a private PostgreSQL')
check "one of five makes the cluster" test "$made" -eq 1
"$program" db stop -q

# a path too long for a socket
long="$work/$(printf 'long%.0s' $(seq 40))"
export CLAIMBASE_HOME="$long/home"
run db start
expect_code 0
expect_out '^socket +/tmp/claimbase-'
socket=$(sed -n 's/^socket *//p' "$work/stdout")
check "the short folder is private" test "$(stat -c %a "$socket")" = 700
run db stop
expect_code 0
rmdir "$socket"

# a database of somebody's choice that is not there
run db migrate --dsn "host='$work/nowhere' dbname=x"
expect_code 5
expect_err "can't reach the database"
run db stop --dsn "dbname=x"
expect_code 2

export CLAIMBASE_HOME="$work/home"
# a misspelt address is not taken for the name of a database, which an error would quote with the password
run list claims --dsn postgress://me:secret@db.example/x
expect_code 2
expect_no_err secret

finish
