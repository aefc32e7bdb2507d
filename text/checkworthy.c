#include "text/checkworthy.h"

#include "text/furniture.h"
#include "text/word_list.h"

#include <math.h>

static bool is_judgement(const struct cb_reading *r, uint32_t i)
{
    static const char *const words[] = {
        "absurd",      "amazing",     "appalling",     "awful",        "beautiful",    "brilliant",
        "childish",    "cruel",       "dangerous",     "deplorable",   "disastrous",   "disgrace",
        "disgraceful", "disgusting",  "evil",          "excellent",    "fair",         "fantastic",
        "foolish",     "great",       "hateful",       "horrible",     "horrific",     "hypocritical",
        "immoral",     "important",   "inappropriate", "incredible",   "insane",       "irresponsible",
        "ludicrous",   "nice",        "nonsense",      "outrageous",   "pathetic",     "reckless",
        "ridiculous",  "sad",         "shame",         "shameful",     "shocking",     "stupid",
        "terrible",    "terrific",    "tragic",        "unacceptable", "unbelievable", "unconscionable",
        "unfair",      "unfortunate", "unjust",        "unreasonable", "vicious",      "weak",
        "witch-hunt",  "wonderful",   "worst",         "wrong"};
    return CB_WORD_IN(words, cb_token_text(r, i), cb_token_len(r, i));
}

static bool is_hedge(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_one(
        r, i,
        "may|might|could|perhaps|maybe|possibly|possible|possibility|probably|probable|likely|"
        "unlikely|apparently|allegedly|alleged|reportedly|seemingly|seem|seems|seemed|appear|"
        "appears|appeared|presumably|supposedly|potentially|suspected|suggest|suggests");
}

/* Is the person the subject? "we have to", not "told us" */
static bool is_subject_pronoun(const struct cb_reading *r, uint32_t i, const char *words)
{
    return r->nodes[i].tag == CB_TAG_PRP && cb_token_is_one(r, i, words);
}

static void see_modal(const struct cb_reading *r, uint32_t i, uint32_t start, uint32_t end,
                      struct cb_claim_features *f)
{
    if (cb_token_is_one(r, i, "should|must|ought"))
        f->wish = true;
    if (cb_token_is_one(r, i, "will|shall|'ll|wo"))
        f->future = true;
    if (i + 1 < end && cb_token_is_one(r, i, "let|lets") && cb_token_is_one(r, i + 1, "us|'s"))
        f->wish = true;
    if (i + 1 < end && cb_token_is_one(r, i, "need|needs|has|have|want|wants|hope|hopes|wish") &&
        (cb_token_is_one(r, i + 1, "to") || cb_token_is_one(r, i, "hope|hopes|wish")) &&
        !(i > start && cb_token_is_one(r, i - 1, "may|might|n't|not|never")))
        f->wish = true; /* but "may need to wait", "did not have to pay" are told, not wished */
    if (i + 2 < end && cb_token_is(r, i, "going") && cb_token_is(r, i + 1, "to") &&
        r->nodes[i + 2].tag == CB_TAG_VB)
        f->future = true;
}

static void see_telling(const struct cb_reading *r, uint32_t i, uint32_t start, uint32_t end,
                        struct cb_claim_features *f)
{
    uint8_t tag = r->nodes[i].tag;
    f->past |= cb_token_is_one(r, i, "has|have|'ve|had") && tag != CB_TAG_VB;
    f->hedge |= is_hedge(r, i) && (tag == CB_TAG_MD || !cb_token_is_one(r, i, "may|might|could"));
    f->opinion |= is_judgement(r, i);
    f->comparison |= cb_token_is_one(r, i, "first|only|record");
    f->question |= cb_token_is_one(r, i, "?|??|?!|!?|???");
    see_modal(r, i, start, end, f);
}

/* Every word that see_telling() asks for, in byte order: most words are none of them. */
/* clang-format off */
static const char *const telling[] = {
    "!?", "'ll", "'ve", "?", "?!", "??", "???", "absurd", "alleged", "allegedly", "amazing", "appalling",
    "apparently", "appear", "appeared", "appears", "awful", "beautiful", "brilliant", "childish", "could",
    "cruel", "dangerous", "deplorable", "disastrous", "disgrace", "disgraceful", "disgusting", "evil",
    "excellent", "fair", "fantastic", "first", "foolish", "going", "great", "had", "has", "hateful", "have",
    "hope", "hopes", "horrible", "horrific", "hypocritical", "immoral", "important", "inappropriate",
    "incredible", "insane", "irresponsible", "let", "lets", "likely", "ludicrous", "may", "maybe", "might",
    "must", "need", "needs", "nice", "nonsense", "only", "ought", "outrageous", "pathetic", "perhaps",
    "possibility", "possible", "possibly", "potentially", "presumably", "probable", "probably", "reckless",
    "record", "reportedly", "ridiculous", "sad", "seem", "seemed", "seemingly", "seems", "shall", "shame",
    "shameful", "shocking", "should", "stupid", "suggest", "suggests", "supposedly", "suspected",
    "terrible", "terrific", "tragic", "unacceptable", "unbelievable", "unconscionable", "unfair",
    "unfortunate", "unjust", "unlikely", "unreasonable", "vicious", "want", "wants", "weak", "will", "wish",
    "witch-hunt", "wo", "wonderful", "worst", "wrong",
};
/* clang-format on */

/* Half of all tokens: marks but "?" and "!", articles, prepositions, pronouns, numbers. None of them is in
 * the list. */
static bool is_small_word(const struct cb_reading *r, uint32_t i)
{
    uint8_t tag = r->nodes[i].tag;
    if (r->tokens[i].kind == CB_TOKEN_PUNCT)
        return *cb_token_text(r, i) != '?' && *cb_token_text(r, i) != '!';
    return tag == CB_TAG_DT || tag == CB_TAG_TO || tag == CB_TAG_PRP || tag == CB_TAG_PRP_POSS ||
           tag == CB_TAG_CD;
}

static void see_token(const struct cb_reading *r, uint32_t i, uint32_t start, uint32_t end,
                      struct cb_claim_features *f)
{
    uint8_t tag = r->nodes[i].tag;
    f->words += cb_token_is_word(r, i);
    f->names += (tag == CB_TAG_NNP || tag == CB_TAG_NNPS) && (i == start || r->nodes[i - 1].tag != tag);
    f->finite |= cb_token_is_finite(r, i);
    f->past |= tag == CB_TAG_VBD;
    f->comparison |= tag == CB_TAG_JJS || tag == CB_TAG_RBS || tag == CB_TAG_JJR;
    f->first_person |= is_subject_pronoun(r, i, "i|we");
    f->second_person |= is_subject_pronoun(r, i, "you");
    if (i + 1 < end && is_subject_pronoun(r, i, "i|we") &&
        cb_token_is_one(r, i + 1, "think|believe|feel|guess|love|hate|like|find|agree|disagree|doubt"))
        f->opinion = true;
    if (!is_small_word(r, i) && CB_WORD_IN(telling, cb_token_text(r, i), cb_token_len(r, i)))
        see_telling(r, i, start, end, f);
}

struct cb_claim_features cb_claim_features_of(const struct cb_reading *r, const struct cb_token_range *pieces,
                                              size_t piece_count, const struct cb_quantity *quantities,
                                              size_t quantity_count, bool heading)
{
    struct cb_claim_features f = {.heading = heading,
                                  .furniture = piece_count > 0 && cb_is_furniture(r, pieces[0])};
    for (size_t p = 0; p < piece_count; p++) {
        uint32_t end = pieces[p].end;
        for (uint32_t i = pieces[p].start; i < end; i++)
            see_token(r, i, pieces[p].start, end, &f);
        /* the mark that was cut off the end */
        f.question |= p + 1 == piece_count && end < r->token_count && cb_token_is_char(r, end, '?');
    }
    for (size_t q = 0; q < quantity_count; q++) {
        f.dates += quantities[q].kind == CB_QUANTITY_DATE;
        f.numbers += quantities[q].kind != CB_QUANTITY_DATE && quantities[q].kind != CB_QUANTITY_LABEL &&
                     quantities[q].kind != CB_QUANTITY_ORDINAL;
    }
    return f;
}

enum cb_modality cb_claim_modality(const struct cb_claim_features *f)
{
    if (f->question)
        return CB_QUESTION;
    if (f->wish)
        return CB_WISH;
    if (f->opinion)
        return CB_OPINION;
    return f->hedge ? CB_HEDGED : CB_STATED;
}

float cb_claim_checkworthy(const struct cb_claim_features *f, enum cb_modality modality)
{
    static const double by_modality[] = {[CB_STATED] = 0,      [CB_DENIED] = 0.2,   [CB_HEDGED] = -0.6,
                                         [CB_QUESTION] = -2.5, [CB_OPINION] = -1.5, [CB_WISH] = -1.8};
    double x = -0.9 + by_modality[modality];
    x += 1.3 * (f->numbers > 2 ? 2 : f->numbers);
    x += 0.4 * (f->dates > 0);
    x += 0.6 * (f->names > 2 ? 2 : f->names);
    x += 0.7 * f->past;
    x += 0.3 * f->comparison;
    x += f->finite ? 0.3 : -1.8;
    x += f->words < 5 ? -1.5 : f->words < 8 ? -0.4 : f->words <= 40 ? 0.3 : 0;
    x -= 0.8 * f->future;
    x -= 0.6 * f->first_person + 0.9 * f->second_person;
    x -= 0.6 * f->heading;
    x -= 3.0 * f->furniture;
    return (float)(1.0 / (1.0 + exp(-x)));
}
