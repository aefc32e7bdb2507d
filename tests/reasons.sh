#!/usr/bin/env bash
# Every reason that the program gives for a pair of claims, or for a doubt about a verdict, is explained in docs/reports.md.
set -eu
cd "$(dirname "$0")/.."
pairs=$(sed -n 's/.*\[CB_REASON_[A-Z_]*\] = "\([a-z_]*\)".*/\1/p' match/compare.c)
doubts=$(sed -n "s/^COMMENT ON COLUMN report.needs_review.reason IS '\(.*\)\.';/\1/p" migrations/*.sql | tail -n 1 | sed 's/,\| or/ /g')
[ "$(wc -w <<<"$pairs")" -gt 15 ] && [ "$(wc -w <<<"$doubts")" -gt 8 ] || { echo "the reasons were not found"; exit 1; }
missing=0
for reason in $pairs $doubts decided_by_person; do
    grep -qF "\`$reason\`" docs/reports.md || { echo "docs/reports.md does not explain '$reason'"; missing=1; }
done
exit $missing
