/* Is it a checkable statement of fact? Modality and a score, from the words of a claim alone. */
#ifndef CB_TEXT_CHECKWORTHY_H
#define CB_TEXT_CHECKWORTHY_H

#include "text/claim.h"

/* What is seen in a claim's words; docs/extract.md lists the weight of each. */
struct cb_claim_features {
    unsigned words;
    unsigned names;   /* proper nouns */
    unsigned numbers; /* quantities that are neither dates nor labels */
    unsigned dates;
    bool finite; /* has a finite verb */
    bool past;   /* … in the past or perfect: it has happened */
    bool future; /* will, shall, going to */
    bool question;
    bool wish;    /* should, must, let us, hope */
    bool hedge;   /* may, could, perhaps, reportedly */
    bool opinion; /* words of judgement; I think */
    bool first_person, second_person;
    bool comparison; /* more, most, first, only, record */
    bool heading;
    bool furniture; /* "Read more", "Photo by": about the page, to its reader */
};

struct cb_claim_features cb_claim_features_of(const struct cb_reading *reading,
                                              const struct cb_token_range *pieces, size_t piece_count,
                                              const struct cb_quantity *quantities, size_t quantity_count,
                                              bool heading);

/* The modality of the words themselves, for a claim that is simply stated. */
enum cb_modality cb_claim_modality(const struct cb_claim_features *features);

/* 0 … 1, a logistic function of the features; `modality` is the claim's final one. */
float cb_claim_checkworthy(const struct cb_claim_features *features, enum cb_modality modality);

#endif
