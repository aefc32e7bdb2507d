/* Part-of-speech tags and dependency trees. */
#ifndef CB_TEXT_SYNTAX_H
#define CB_TEXT_SYNTAX_H

#include "base/arena.h"
#include "base/error.h"
#include "text/token.h"

#include <stddef.h>
#include <stdint.h>

/* Penn Treebank tags (XPOS of UD_English-EWT) and UD relations, as small numbers; the names
 * and the numbers come with the model (cb_tag_name, cb_tag_number). text/tags.h has the fixed lists. */
struct cb_node {
    uint8_t tag;      /* enum cb_tag of text/tags.h */
    uint8_t relation; /* enum cb_relation of text/tags.h */
    int16_t head;     /* index in the sentence, -1 for the root */
};

struct cb_syntax_model;

/* Reads the model in place: the bytes are borrowed, must outlive the model and stand at a multiple of
 * eight. CB_INPUT when they are not a model of this version, or damaged. The model never changes, so
 * threads may share it. */
CB_CHECKED enum cb_code cb_syntax_model_new(const void *bytes, size_t len, struct cb_syntax_model **out,
                                            struct cb_err *err);
/* The model embedded in the program: read only, aligned, never freed. */
const void *cb_syntax_model_bytes(size_t *len);
void cb_syntax_model_free(struct cb_syntax_model *model);

/* Sets nodes[i].tag for all tokens of one sentence, of any length. */
CB_CHECKED enum cb_code cb_tag(const struct cb_syntax_model *model, const char *text,
                               const struct cb_token *tokens, size_t count, struct cb_arena *scratch,
                               struct cb_node *nodes, struct cb_err *err);

/* Sets head and relation; tags must be there. A sentence over CB_PARSE_MAX tokens gets a flat tree. */
enum { CB_PARSE_MAX = 400 };
CB_CHECKED enum cb_code cb_parse(const struct cb_syntax_model *model, const char *text,
                                 const struct cb_token *tokens, size_t count, struct cb_arena *scratch,
                                 struct cb_node *nodes, struct cb_err *err);

#endif
