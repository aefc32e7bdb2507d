/* An extractor from outside: a program of the user's own (spaCy, a language model …) that takes the place of
 * text/.
 *
 * It runs once, under /bin/sh. For each document it gets one JSON line on its standard input and must answer
 * with one line on its standard output, in the same order and in the format of `claimbase extract`
 * (docs/extract.md). Its standard error is the program's own. Writing and reading go on at the same time, so
 * neither side can block the other. */
#ifndef CB_IMPORTER_OUTSIDE_EXTRACTOR_H
#define CB_IMPORTER_OUTSIDE_EXTRACTOR_H

#include "importer/input.h"
#include "text/extract.h"

struct cb_outside_extractor;

/* Starts the program. `seconds` (1 or more) is the time it has for one document. CB_EXTERNAL when it cannot
 * be started; a command that does not exist shows with the first document. Not for use by two threads at
 * once. */
CB_CHECKED enum cb_code cb_outside_extractor_new(const char *command, unsigned seconds,
                                                 struct cb_outside_extractor **out, struct cb_err *err);

/* Closes its input, gives it a moment to end, then ends it. NULL is fine. */
void cb_outside_extractor_free(struct cb_outside_extractor *extractor);

/* One document. *out lives in `arena`. CB_EXTERNAL: the program ended, was too slow, or answered more than it
 * may; it is not asked again after that. CB_INPUT: the answer is no JSON or a span is wrong; the next
 * document can go on. */
CB_CHECKED enum cb_code cb_outside_extract(struct cb_outside_extractor *extractor,
                                           const struct cb_input_document *document, struct cb_arena *arena,
                                           const struct cb_extraction **out, struct cb_err *err);

#endif
