#!/usr/bin/env bash
# The commands that README.md shows work, and the ones it calls refused are.
set -eu
CLAIMBASE_PROGRAM=$(realpath "$1") exec "$(dirname "$0")/../../scripts/readme-tour" --check
