/* Inside the sentence splitter: where one English sentence ends. Own rules, one pass, no tables of the text:
 * every look back or ahead is bounded, so splitting is linear. */
#ifndef CB_TEXT_SENTENCE_SCAN_H
#define CB_TEXT_SENTENCE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* Length of the blank at text[at]: ASCII, no-break space, the spaces of U+2000-U+200B, U+3000; else 0. */
size_t cb_blank_length(const char *text, size_t at, size_t end);

/* End (behind the last byte, closing quotes and brackets included) of the sentence that begins at
 * text[start] inside the paragraph that ends at `end`. Returns a value in (start, end]. */
size_t cb_sentence_scan(const char *text, size_t start, size_t end);

/* "1)", "1.", "1.)", "(a)", "a.", "iv.", "•", "-" and the like, with a blank behind. */
enum cb_marker_style {
    CB_MARKER_NONE,
    CB_MARKER_BULLET,
    CB_MARKER_NUMBER,
    CB_MARKER_LETTER,
};

struct cb_marker {
    enum cb_marker_style style;
    size_t end;       /* behind the marker */
    unsigned ordinal; /* 1, 2, 3 … of a number or letter */
    unsigned tail;    /* the punctuation behind it: '.', ')' or both */
    unsigned bullet;  /* code point of a bullet */
};

/* The marker at text[at], if there is one. */
struct cb_marker cb_marker_at(const char *text, size_t at, size_t end);

/* Where the next item of the list that `marker` began starts on the same line ("1) … 2) …"), or `end`. */
size_t cb_marker_next(const char *text, size_t at, size_t end, const struct cb_marker *marker);

/* End of the dateline at the head of a paragraph: "MOSCOW, November 20.", "OSLO (AP) -", or `start`. */
size_t cb_dateline_end(const char *text, size_t start, size_t end);

/* Where the words behind a dateline begin, of those too that do not end a sentence: "TIJUANA, Mexico — A …",
 * "Oslo (AFP) - The …", "April 29 (UPI) — A …"; or `start`. */
size_t cb_dateline_lead_end(const char *text, size_t start, size_t end);

/* A word that often begins a sentence and is seldom part of a name: "the", "however". */
bool cb_sentence_starter(const char *word, size_t len);

#endif
