/* Do two claims say the same? Pure: no database, no files, no global state.
 *
 * DESIGN: a score from overlap features by a small logistic model, then gates on structured
 * differences. High similarity with a failed gate is a contradiction or a related claim, never agreement. */
#ifndef CB_MATCH_COMPARE_H
#define CB_MATCH_COMPARE_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cb_match_relation { CB_UNRELATED, CB_RELATED, CB_CONTRADICTS, CB_AGREES };

/* Why; a comparison carries a set of them, bit 1u << reason. */
enum cb_reason {
    CB_REASON_SAME_WORDS,         /* identical after folding */
    CB_REASON_SAME_QUANTITY,      /* both give the same quantity, in figures or words */
    CB_REASON_DIFFERENT_QUANTITY, /* same thing, other number */
    CB_REASON_ESTIMATE_SPREAD,    /* both are estimates, and near each other */
    CB_REASON_ROUNDING,           /* one is the other, rounded */
    CB_REASON_UNIT_MISMATCH,      /* same number, other unit */
    CB_REASON_NEGATED,            /* one says not */
    CB_REASON_DENIED,             /* one calls it false, a hoax, a rumour; or denies it */
    CB_REASON_ANTONYM,            /* alive – dead, rise – fall */
    CB_REASON_DIFFERENT_SUBJECT,  /* another name in the same role */
    CB_REASON_DIFFERENT_PERIOD,   /* another date or time scope */
    CB_REASON_HEDGED,             /* one only asks, supposes or reports a rumour */
    CB_REASON_SWAPPED_ROLES,      /* same names, other way round */
    CB_REASON_LESS_DETAIL,        /* one leaves out what the other states */
    CB_REASON_SAME_SPEAKER,
    CB_REASON_SHARED_ORIGIN,    /* their documents descend from one origin */
    CB_REASON_NEIGHBOURS_MATCH, /* sentences before or after theirs match */
    CB_REASON_MUTUAL_BEST,      /* each is the other's best counterpart in its document */
    CB_REASON_DIFFERENT_WORD,   /* short claims that differ in one word: ships – tanks */
    CB_REASON_NEARER_ELSEWHERE, /* one of the two has a nearer counterpart in the other's document */
    CB_REASON_PARTS_AGREE,      /* shorter claims of the two sentences agree already */
    CB_REASON_UNCERTAIN,        /* the context speaks for it, and not by much */
    CB_REASON_ONLY_ASIDE,       /* one claim says it only beside its main statement: "…, when …" */
    CB_REASON_COUNT
};

struct cb_comparison {
    enum cb_match_relation relation;
    double score;     /* 0 … 1: how alike in words */
    double agreement; /* 0 … 1: how likely the two are one claim, by the model alone */
    double topic;     /* 0 … 1: the same as if numbers, names, "not" and opposites were no differences */
    double cover;     /* 0 … 1: share of the shorter claim that the other holds too */
    uint32_t reasons; /* set of enum cb_reason */
    unsigned shared;  /* content words of some weight that answer to each other */
};

/* Stop words, stemmer, word frequencies, weights. One for each thread: the stemmer inside has a state. */
struct cb_matcher;
CB_CHECKED enum cb_code cb_matcher_new(struct cb_matcher **out, struct cb_err *err);
void cb_matcher_free(struct cb_matcher *matcher);

/* Name and version of the method, as stored with every match: "claimbase-match", "1". */
const char *cb_match_method(void);
const char *cb_match_method_version(void);

/* Compares two claims, each `len` bytes of valid UTF-8. CB_INPUT when not valid, CB_LIMIT over
 * CB_CLAIM_TEXT_MAX bytes. */
enum { CB_CLAIM_TEXT_MAX = 64 * 1024 };
CB_CHECKED enum cb_code cb_compare(struct cb_matcher *matcher, const char *a, size_t a_len, const char *b,
                                   size_t b_len, struct cb_comparison *out, struct cb_err *err);

const char *cb_match_relation_name(enum cb_match_relation relation); /* "agrees" */
const char *cb_reason_name(enum cb_reason reason);                   /* "different_quantity" */

#endif
