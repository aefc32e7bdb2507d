#include "match/compare.h"

#include "match/decide.h"
#include "match/local.h"
#include "match/matcher.h"
#include "match/pair.h"

enum cb_code cb_compare_profiles(const struct cb_matcher *matcher, const struct cb_profile *a,
                                 const struct cb_profile *b, struct cb_arena *arena,
                                 struct cb_comparison *out, struct cb_err *err)
{
    struct cb_features features;
    enum cb_code code = cb_features_make(matcher, a, b, arena, &features, err);
    if (code == CB_OK)
        cb_relation_decide(&matcher->models, a, b, &features, out);
    return code;
}

enum cb_code cb_compare_weighed(const struct cb_matcher *matcher, const struct cb_profile *a,
                                const struct cb_profile *b, const struct cb_local_word *words_a,
                                const struct cb_local_word *words_b, struct cb_arena *arena,
                                struct cb_comparison *out, struct cb_local_share *share, struct cb_err *err)
{
    struct cb_features features;
    enum cb_code code = cb_features_make(matcher, a, b, arena, &features, err);
    if (code != CB_OK)
        return code;
    cb_relation_decide(&matcher->models, a, b, &features, out);
    cb_local_measure(a, b, &features.alignment, words_a, words_b, share);
    return CB_OK;
}

enum cb_code cb_compare(struct cb_matcher *matcher, const char *a, size_t a_len, const char *b, size_t b_len,
                        struct cb_comparison *out, struct cb_err *err)
{
    const struct cb_profile *x, *y;
    cb_arena_reset(&matcher->arena);
    enum cb_code code = cb_profile_make(matcher, a, a_len, NULL, &matcher->arena, &x, err);
    if (code == CB_OK)
        code = cb_profile_make(matcher, b, b_len, NULL, &matcher->arena, &y, err);
    if (code == CB_OK)
        code = cb_compare_profiles(matcher, x, y, &matcher->arena, out, err);
    return code;
}

const char *cb_match_relation_name(enum cb_match_relation relation)
{
    switch (relation) {
    case CB_UNRELATED:
        break;
    case CB_RELATED:
        return "related";
    case CB_CONTRADICTS:
        return "contradicts";
    case CB_AGREES:
        return "agrees";
    }
    return "unrelated";
}

const char *cb_reason_name(enum cb_reason reason)
{
    static const char *const names[CB_REASON_COUNT] = {
        [CB_REASON_SAME_WORDS] = "same_words",
        [CB_REASON_SAME_QUANTITY] = "same_quantity",
        [CB_REASON_DIFFERENT_QUANTITY] = "different_quantity",
        [CB_REASON_ESTIMATE_SPREAD] = "estimate_spread",
        [CB_REASON_ROUNDING] = "rounding",
        [CB_REASON_UNIT_MISMATCH] = "unit_mismatch",
        [CB_REASON_NEGATED] = "negated",
        [CB_REASON_DENIED] = "denied",
        [CB_REASON_ANTONYM] = "antonym",
        [CB_REASON_DIFFERENT_SUBJECT] = "different_subject",
        [CB_REASON_DIFFERENT_PERIOD] = "different_period",
        [CB_REASON_HEDGED] = "hedged",
        [CB_REASON_SWAPPED_ROLES] = "swapped_roles",
        [CB_REASON_LESS_DETAIL] = "less_detail",
        [CB_REASON_SAME_SPEAKER] = "same_speaker",
        [CB_REASON_SHARED_ORIGIN] = "shared_origin",
        [CB_REASON_NEIGHBOURS_MATCH] = "neighbours_match",
        [CB_REASON_MUTUAL_BEST] = "mutual_best",
        [CB_REASON_DIFFERENT_WORD] = "different_word",
        [CB_REASON_NEARER_ELSEWHERE] = "nearer_elsewhere",
        [CB_REASON_PARTS_AGREE] = "parts_agree",
        [CB_REASON_UNCERTAIN] = "uncertain",
        [CB_REASON_ONLY_ASIDE] = "only_aside",
    };
    return (unsigned)reason < CB_REASON_COUNT ? names[reason] : "?";
}
