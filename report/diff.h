/* The difference of two texts, line by line (Myers, "An O(ND) Difference Algorithm", 1986, by its longest
 * common subsequence). */
#ifndef CB_REPORT_DIFF_H
#define CB_REPORT_DIFF_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { CB_DIFF_EDITS_MAX = 1000 }; /* more changed lines than that: the rest is shown as replaced whole */

struct cb_diff_options {
    size_t context; /* unchanged lines shown around a change */
    bool color;
};

/* Writes the changed lines: "-" before what is only in `before`, "+" before what is only in `after`.
 * *changes, which may be NULL, is the number of those lines. Texts are borrowed, lines end with LF. */
CB_CHECKED enum cb_code cb_diff(const char *before, const char *after, const struct cb_diff_options *options,
                                FILE *out, size_t *changes, struct cb_err *err);

#endif
