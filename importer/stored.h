/* Rows that belong to documents which are stored already: sentences, attributions, links of a person's own,
 * from CSV. Many rows go to one transaction; a row that was there before changes nothing. */
#ifndef CB_IMPORTER_STORED_H
#define CB_IMPORTER_STORED_H

#include "importer/loader.h"

enum { CB_STORED_REASON_MAX = 512 };

struct cb_stored_sentence {
    const char *document; /* beginning of its id, address, or external id */
    const char *text;     /* its words; or NULL, then `range` */
    bool has_range;
    struct cb_record_range range;
    int32_t paragraph_no; /* 0: that of the sentence before */
    const char *kind;     /* body, heading, list_item; NULL: body */
};

struct cb_stored_attribution {
    const char *document, *text;
    bool has_range;
    struct cb_record_range range;
    const char *speaker, *role; /* who says it, and as what */
    const char *source, *cue;   /* the words that name him, and those that say that he says it; or NULL */
    const char *via;            /* the outlet through which it came, or NULL */
    const char *kind, *modality;
};

struct cb_stored_link {
    const char *document, *kind, *target, *reason, *stated_by;
};

/* Each sets reason[0] when the row can't be taken, which is no error; the run's counts grow by what is new.
 */
CB_CHECKED enum cb_code cb_stored_add_sentence(struct cb_loader *loader, const struct cb_stored_sentence *row,
                                               char reason[CB_STORED_REASON_MAX], struct cb_err *err);
CB_CHECKED enum cb_code cb_stored_add_attribution(struct cb_loader *loader,
                                                  const struct cb_stored_attribution *row,
                                                  char reason[CB_STORED_REASON_MAX], struct cb_err *err);
CB_CHECKED enum cb_code cb_stored_add_link(struct cb_loader *loader, const struct cb_stored_link *row,
                                           char reason[CB_STORED_REASON_MAX], struct cb_err *err);

/* Commits what is open; harmless when nothing is. */
CB_CHECKED enum cb_code cb_stored_flush(struct cb_loader *loader, struct cb_err *err);
void cb_stored_free(struct cb_stored *stored); /* NULL is fine */

#endif
