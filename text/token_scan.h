/* Inside the tokenizer: where a word, a number or an address that begins at `at` ends.
 * All look no further than `end`, and never more than a fixed distance beyond what they
 * take, so that tokenizing is linear in the text. */
#ifndef CB_TEXT_TOKEN_SCAN_H
#define CB_TEXT_TOKEN_SCAN_H

#include "text/token.h"

#include <stdbool.h>

struct cb_scan {
    const char *text;
    size_t end;
};

/* Bytes of the apostrophe (' or ’) at text[at], 0 when there is none. */
size_t cb_scan_apostrophe(const struct cb_scan *scan, size_t at);

/* True for letters, marks, digits and the underscore; *next is the byte behind. */
bool cb_scan_word_char(const struct cb_scan *scan, size_t at, size_t *next);

/* End of the word at `at` (a word character), with what belongs to it: "AT&T", "U.S.", "co-worker",
 * "O'Brien", "don't" (cut later). *kind is CB_TOKEN_URL for "example.org/page". */
size_t cb_scan_word(const struct cb_scan *scan, size_t at, enum cb_token_kind *kind);

/* End of the number at `at` (a digit): "8,000.5", "21st", "1990s", "5:30", "2015-11-18". */
size_t cb_scan_number(const struct cb_scan *scan, size_t at, enum cb_token_kind *kind);

/* End of the URL or e-mail address at `at`, or `at` when there is none. */
size_t cb_scan_url(const struct cb_scan *scan, size_t at);
size_t cb_scan_mail(const struct cb_scan *scan, size_t at);

/* Where the contraction at the end of the word begins ("n't", "'s", "not" of cannot), or `end`. */
size_t cb_scan_contraction(const struct cb_scan *scan, size_t start, size_t end);

#endif
