#!/usr/bin/env bash
# The queries and commands that docs/reports.md shows work, and have the columns that it shows.
set -eu
CLAIMBASE_PROGRAM=$(realpath "$1") exec "$(dirname "$0")/../../scripts/reports-doc" --check
