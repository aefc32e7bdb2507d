/* The whole reading of one text: sentences, claims, who said them, how much.
 *
 * Pure: no files, no database, no global state; the same bytes give the same
 * result. Everything found lives in the arena that the caller passes. */
#ifndef CB_TEXT_EXTRACT_H
#define CB_TEXT_EXTRACT_H

#include "base/arena.h"
#include "base/error.h"
#include "text/quantity.h"
#include "text/span.h"

#include <stdbool.h>
#include <stddef.h>

enum cb_sentence_kind { CB_SENTENCE_BODY, CB_SENTENCE_HEADING, CB_SENTENCE_LIST_ITEM };

struct cb_sentence {
    struct cb_span span;
    uint32_t paragraph; /* from 0 */
    enum cb_sentence_kind kind;
};

enum cb_claim_kind { CB_CLAIM_DIRECT, CB_CLAIM_INDIRECT, CB_CLAIM_MIXED, CB_CLAIM_ASSERTION };

/* What is done with the content: stated, denied, asked, wished … */
enum cb_modality { CB_STATED, CB_DENIED, CB_HEDGED, CB_QUESTION, CB_OPINION, CB_WISH };

enum cb_speaker_kind { CB_SPEAKER_UNKNOWN, CB_SPEAKER_PERSON, CB_SPEAKER_ORGANISATION, CB_SPEAKER_GROUP };

/* Someone who speaks in this text; claims point at him by index. */
struct cb_speaker {
    const char *name; /* "Ilya Rogachev": the fullest form in the text, never a pronoun */
    const char *role; /* "head of …", or NULL */
    enum cb_speaker_kind kind;
    /* The identity across documents: the folded full name for a full name or an
     * organisation; for a surname or description alone, with the role; NULL when
     * it must stay inside this document. */
    const char *key;
    const char **aliases; /* other forms found in the text */
    size_t alias_count;
};

enum { CB_NO_SPEAKER = -1 };

/* One link of the chain speaker → outlet: "Rogachev told Kommersant" has
 * via "Kommersant". */
struct cb_attribution {
    bool has_source, has_cue;
    struct cb_span source, cue;
    const struct cb_span *content;
    size_t content_count;
    const char *via; /* the outlet or person through whom it came, or NULL */
};

struct cb_claim {
    struct cb_span span; /* from the first to the last byte of the claim */
    const char *text;    /* its words, the pieces of a broken quote joined by one blank */
    enum cb_claim_kind kind;
    enum cb_modality modality;
    uint32_t sentence; /* index of the sentence in which it begins */
    int speaker;       /* index into speakers, or CB_NO_SPEAKER */
    bool has_attribution;
    struct cb_attribution attribution;
    const struct cb_quantity *quantities;
    size_t quantity_count;
    float checkworthy; /* 0 … 1: how much this is a checkable statement of fact */
};

enum cb_link_kind {
    CB_LINK_QUOTATION,      /* quotes a statement made to, or printed by, the target */
    CB_LINK_DERIVED_FROM,   /* retells the target */
    CB_LINK_PRIMARY_SOURCE, /* the target is where it was first said: an interview, a report */
    CB_LINK_REPUBLICATION,  /* agency copy: "(AP)" */
    CB_LINK_REVISION_OF,
};

/* Where the text itself says it comes from. */
struct cb_source_link {
    enum cb_link_kind kind;
    const char *target;  /* "Kommersant", "AP": the name as a reader knows it */
    const char *what;    /* "interview", "report", "statement", or NULL */
    int speaker;         /* whose interview or statement, or CB_NO_SPEAKER */
    struct cb_span span; /* the words that say so */
    uint32_t sentence;
};

struct cb_extraction {
    struct cb_span title; /* empty when the text has none */
    const char *byline;   /* from a "By …" line, or NULL */
    const char *dateline; /* "MOSCOW, November 20", or NULL */
    const char *language; /* BCP 47, "en" unless told or plainly something else */
    const struct cb_sentence *sentences;
    size_t sentence_count;
    const struct cb_claim *claims;
    size_t claim_count;
    const struct cb_speaker *speakers;
    size_t speaker_count;
    const struct cb_source_link *links;
    size_t link_count;
};

struct cb_extract_options {
    const char *language;  /* BCP 47, or NULL: found out */
    const char *published; /* ISO 8601 date, or NULL; "on Monday" is counted from it */
    bool has_title;        /* the reader knows the title: it is the first line of the text */
    bool segment_only;     /* sentences, no claims */
};

/* The models and word lists, loaded once and shared by all threads: read only. */
struct cb_extractor;
CB_CHECKED enum cb_code cb_extractor_new(struct cb_extractor **out, struct cb_err *err);
void cb_extractor_free(struct cb_extractor *extractor);

/* Version of the method, stored with what it found: "claimbase-text 2". */
const char *cb_extractor_version(void);

/* Reads `len` bytes of valid UTF-8 (LF line ends; text/unicode.h makes them).
 * *out and all it points to live in `arena`. CB_INPUT when the text is not valid,
 * CB_LIMIT over CB_TEXT_MAX or the arena's maximum. */
CB_CHECKED enum cb_code cb_extract(const struct cb_extractor *extractor, const char *text, size_t len,
                                   const struct cb_extract_options *options, struct cb_arena *arena,
                                   const struct cb_extraction **out, struct cb_err *err);

const char *cb_claim_kind_name(enum cb_claim_kind kind);
const char *cb_modality_name(enum cb_modality modality);
const char *cb_link_kind_name(enum cb_link_kind kind);
const char *cb_speaker_kind_name(enum cb_speaker_kind kind);

#endif
