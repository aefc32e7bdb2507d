/* Sentences, and what may be changed in them: the material of near_miss. */
#ifndef CB_BENCH_NEAR_MISS_PAIRS_H
#define CB_BENCH_NEAR_MISS_PAIRS_H

enum near_miss_kind {
    NEAR_MISS_NUMBER,
    NEAR_MISS_NAME,
    NEAR_MISS_NEGATION,
    NEAR_MISS_OPPOSITE,
    NEAR_MISS_UNIT,
    NEAR_MISS_ROLES,
    NEAR_MISS_DATE,
    NEAR_MISS_KINDS
};

enum { EDITS_MAX = 6 };

struct near_miss_edit {
    enum near_miss_kind kind;
    const char *from, *to; /* `from` occurs once in the sentence; NULL ends the list */
};

/* `number` and `name`, which may be NULL, occur once in the text: the program puts many others there. */
struct near_miss_sentence {
    const char *text, *number, *name;
    struct near_miss_edit edits[EDITS_MAX];
};
extern const struct near_miss_sentence near_miss_sentences[]; /* text NULL ends */

/* Forms of one quantity; NULL ends. The first may be put for # in frames of its kind. */
enum { FORMS_MAX = 7 };
struct quantity_forms {
    int kind; /* of frames: 0 counts, 1 shares, 2 money, 3 lengths, 4 amounts of a measure */
    const char *forms[FORMS_MAX];
};
extern const struct quantity_forms quantity_forms[]; /* kind -1 ends */

struct quantity_frame {
    int kind;
    const char *text; /* with one # */
};
extern const struct quantity_frame quantity_frames[]; /* text NULL ends */

#endif
