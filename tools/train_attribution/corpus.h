/* Articles with attributions marked by hand, read as the program would read them. */
#ifndef CB_TRAIN_ATTRIBUTION_CORPUS_H
#define CB_TRAIN_ATTRIBUTION_CORPUS_H

#include "text/attribution.h"

enum { GOLD_SPANS = 32 };

struct gold_role {
    struct cb_span spans[GOLD_SPANS]; /* bytes */
    size_t count;
};

struct gold {
    struct gold_role source, cue, content;
};

struct article {
    const char *id;
    struct cb_reading reading;
    struct gold *golds;
    size_t gold_count;
};

struct corpus {
    struct article *articles;
    size_t count;
    struct cb_arena arena;
};

/* One JSON object a line:
 * {"id","text","attributions":[{"source":[[b,e]],"cue":[[b,e]],"content":[[b,e],…]}]}, code points. */
CB_CHECKED enum cb_code corpus_read(const char *path, struct corpus *corpus, struct cb_err *err);
void corpus_release(struct corpus *corpus);

#endif
