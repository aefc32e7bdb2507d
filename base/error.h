/* Errors: one code, one sentence, one hint.
 *
 * A library function that can fail returns an enum cb_code and fills *err; it
 * never prints and never exits. Only cli/ turns an error into text on standard
 * error and into the exit code of the program, which is the enum's value: codes
 * are appended, never renumbered (docs/exit-codes.md). */
#ifndef CB_BASE_ERROR_H
#define CB_BASE_ERROR_H

#include <stdarg.h>

#define CB_CHECKED                     __attribute__((warn_unused_result))
#define CB_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))

enum cb_code {
    CB_OK = 0,
    CB_FAILED = 1,     /* anything without a code of its own */
    CB_USAGE = 2,      /* the command line is wrong */
    CB_INPUT = 3,      /* a file can't be read, or is not what it should be */
    CB_REJECTED = 4,   /* done, but some rows or files were kept apart */
    CB_DATABASE = 5,   /* the server can't be reached, or refused a statement */
    CB_SCHEMA = 6,     /* the database is newer or older than the program, or altered */
    CB_NOT_FOUND = 7,  /* no such claim, document, run; or the id is ambiguous */
    CB_REFUSED = 8,    /* a rule forbids it: a transition, evidence that is missing or circular */
    CB_CONFLICT = 9,   /* somebody else changed it in the meantime */
    CB_INTEGRITY = 10, /* verify found something that does not hold */
    CB_LIMIT = 11,     /* a maximum was exceeded */
    CB_NO_MEMORY = 12,
    CB_EXTERNAL = 13,    /* an outside program (extractor, server program) failed */
    CB_INTERRUPTED = 14, /* stopped by a signal; what was committed stays */
};

struct cb_err {
    enum cb_code code;
    char message[1024]; /* lower case, no full stop, what failed first, names quoted with '' */
    char hint[512];     /* what to do about it; empty when there is nothing to say */
    char sqlstate[6];   /* five characters when the server refused, else empty */
};

/* Fills *err (which may be NULL) and returns `code`, so that it can be returned
 * on the spot. A message that is too long is cut at a code point. */
enum cb_code cb_fail(struct cb_err *err, enum cb_code code, const char *format, ...) CB_PRINTF(3, 4);
enum cb_code cb_vfail(struct cb_err *err, enum cb_code code, const char *format, va_list args)
    CB_PRINTF(3, 0);

/* Adds the hint to an error that was filled before. */
void cb_hint(struct cb_err *err, const char *format, ...) CB_PRINTF(2, 3);

/* Puts "context: " in front of the message, e.g. the file's name. */
void cb_prefix(struct cb_err *err, const char *format, ...) CB_PRINTF(2, 3);

enum cb_code cb_no_memory(struct cb_err *err);

void cb_err_clear(struct cb_err *err);

#endif
