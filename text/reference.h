/* How a text names the source of an attribution: by a name, a pronoun, a description. Read off the words of
 * the source's phrase; whom it means is worked out over the whole text (text/speaker.h). */
#ifndef CB_TEXT_REFERENCE_H
#define CB_TEXT_REFERENCE_H

#include "text/grammar.h"
#include "text/role_words.h"

enum cb_reference_kind {
    CB_REFERENCE_NONE,        /* no source is given */
    CB_REFERENCE_NAME,        /* "Mr Lavrov", "Russia's General Staff" */
    CB_REFERENCE_SEVERAL,     /* "Ann Lee and Bob Ray": the phrase itself */
    CB_REFERENCE_HE,          /* he, she */
    CB_REFERENCE_IT,          /* it, which */
    CB_REFERENCE_THEY,        /* they, or a bare "many", "some" */
    CB_REFERENCE_WHO,         /* who, that: what stands before it */
    CB_REFERENCE_I,           /* I, we: who speaks round it */
    CB_REFERENCE_SAME,        /* who spoke last in this sentence */
    CB_REFERENCE_DESCRIPTION, /* "the official", "Russian diplomat" */
    CB_REFERENCE_GROUP,       /* "officials", "the ministry", "two sources" */
};

struct cb_reference {
    uint8_t kind;   /* enum cb_reference_kind */
    uint8_t gender; /* enum cb_gender */
    uint8_t speaker_kind;
    bool definite;     /* "the official" can mean someone named; "an official" cannot */
    uint16_t classes;  /* of the role word at the head: CB_ROLE_… */
    uint32_t sentence; /* set by the caller, counted over the text; the next two too */
    uint32_t paragraph;
    uint32_t at;   /* where in the text it stands: orders all references and names */
    int32_t outer; /* index of the reference whose words these are, or -1 */
    bool named;    /* a group with a name before its noun: "Skerra island council" */
    bool direct;   /* its content is a quotation */
    bool quiet; /* inside somebody else\'s words, or no claim came of it: whoever it is has not spoken here */
    struct cb_span span; /* the phrase to show: no article, no clause behind it */
    struct cb_span name; /* the bare name in it, for CB_REFERENCE_NAME */
    struct cb_span role; /* the role beside that name, or empty */
    struct cb_span head; /* the head word of a description */
};

/* A heap array that grows; release frees it. */
struct cb_reference_list {
    struct cb_reference *items;
    size_t count, capacity;
};

void cb_reference_list_release(struct cb_reference_list *list);

/* *index is where it went. CB_LIMIT, CB_NO_MEMORY. */
CB_CHECKED enum cb_code cb_reference_list_add(struct cb_reference_list *list,
                                              const struct cb_reference *reference, int32_t *index,
                                              struct cb_err *err);

/* Reads the phrase `source` of the sentence; head_token is its syntactic head or -1. */
void cb_reference_read(const struct cb_reading *reading, uint32_t sentence, struct cb_span source,
                       int32_t head_token, struct cb_reference *out);

#endif
