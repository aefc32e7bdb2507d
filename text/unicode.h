/* UTF-8 and code points. Everything inside text/ is bytes of valid UTF-8; this is
 * the door in (cb_utf8_clean) and the door out (struct cb_code_points). */
#ifndef CB_TEXT_UNICODE_H
#define CB_TEXT_UNICODE_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Decodes the code point at text[at] (at < len), returns the byte after it; an
 * invalid byte gives U+FFFD and advances by one. */
size_t cb_utf8_next(const char *text, size_t len, size_t at, uint32_t *code_point);

/* The start of the code point before text[at], at > 0. */
size_t cb_utf8_previous(const char *text, size_t at);

/* len when valid, else the byte offset of the first invalid byte. NUL is not valid here: PostgreSQL's text
 * can't hold it. */
size_t cb_utf8_valid_until(const char *text, size_t len);

/* Appends the text to *out: without BOM, CRLF and lone CR as LF. Invalid UTF-8 or a NUL is CB_INPUT and names
 * the byte offset and line. (Other encodings are the importer's business.) */
CB_CHECKED enum cb_code cb_utf8_clean(const char *text, size_t len, struct cb_buffer *out,
                                      struct cb_err *err);

/* Number of code points in `len` bytes of valid UTF-8. */
size_t cb_utf8_count(const char *text, size_t len);

/* Map between bytes and code points of one text: a mark every 64 bytes, so memory is 1/16 of the text and a
 * look-up is constant. Borrowed: the text must outlive the map. */
struct cb_code_points {
    const char *text;
    size_t len;
    const uint32_t *marks; /* code points before byte 64·i; NULL when the text is ASCII */
};
CB_CHECKED enum cb_code cb_code_points_make(const char *text, size_t len, struct cb_arena *arena,
                                            struct cb_code_points *out, struct cb_err *err);
uint32_t cb_code_points_at(const struct cb_code_points *map, size_t byte);         /* byte → code point */
size_t cb_code_points_byte(const struct cb_code_points *map, uint32_t code_point); /* and back */

/* Appends text case-folded (NFKC_Casefold: full case folding, compatibility forms, no invisible
 * characters), quotes, dashes and blanks made plain, runs of blanks as one and none at the ends:
 * the form in which names and words are compared. CB_LIMIT over CB_TEXT_MAX or the buffer's maximum. */
CB_CHECKED enum cb_code cb_fold(const char *text, size_t len, struct cb_buffer *out, struct cb_err *err);

bool cb_is_letter(uint32_t code_point); /* letters, and the marks that stand on them */
bool cb_is_upper(uint32_t code_point);
bool cb_is_space(uint32_t code_point); /* White_Space, and zero-width space and BOM */

#endif
