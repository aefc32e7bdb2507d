#include "text/clause_nouns.h"

#include "text/clause.h"
#include "text/clause_cut.h"
#include "text/role_words.h"

enum { APPOSITION_TOKENS_MAX = 20, NAME_TOKENS_MAX = 8, REDUCED_WORDS_MIN = 6 };

static bool is_name_tag(const struct cb_reading *r, uint32_t i)
{
    return cb_tag_is_noun(r->nodes[i].tag) && (r->tokens[i].flags & CB_TOKEN_UPPER) != 0;
}

/* Is the token between two words of one name: "Showing Up for Racial Justice", "Holtz-Eakin"? */
static bool joins_name(const struct cb_reading *r, uint32_t low, uint32_t i)
{
    return i > low && is_name_tag(r, i - 1) &&
           (r->nodes[i].tag == CB_TAG_HYPH || cb_token_is_one(r, i, "of|for|and|&|-"));
}

static uint32_t name_start(const struct cb_reading *r, uint32_t low, uint32_t end)
{
    uint32_t start = end;
    while (start > low && end - start < NAME_TOKENS_MAX &&
           (is_name_tag(r, start - 1) || (start < end && joins_name(r, low, start - 1))))
        start--;
    return start;
}

static bool is_date_word(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_one(
        r, i,
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|"
        "august|september|october|november|december|jr|jr.|sr|sr.|inc|inc.");
}

static bool is_mark(const struct cb_reading *r, uint32_t i)
{
    return !cb_token_is_word(r, i) && r->nodes[i].tag != CB_TAG_HYPH && !cb_token_is_possessive(r, i) &&
           r->tokens[i].kind != CB_TOKEN_SYMBOL;
}

static bool has_finite(const struct cb_reading *r, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++) {
        if (cb_token_is_finite(r, i))
            return true;
    }
    return false;
}

/* "In Sellby, the council …" is no apposition: a phrase at the head of the sentence, before any verb. */
static bool heads_sentence(const struct cb_reading *r, struct cb_token_range all, uint32_t at)
{
    while (all.start < at && !cb_token_is_word(r, all.start))
        all.start++;
    return all.start < at && !has_finite(r, all.start, at);
}

/* "Lee, the council and the town" is a list. */
static bool is_list(const struct cb_reading *r, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i + 1 < end; i++) {
        uint8_t tag = r->nodes[i].tag, next = r->nodes[i + 1].tag;
        if (tag == CB_TAG_WDT || tag == CB_TAG_WP || tag == CB_TAG_IN || cb_tag_is_verb(tag))
            return false;
        if (tag == CB_TAG_CC &&
            (next == CB_TAG_DT || next == CB_TAG_NNP || next == CB_TAG_PRP_POSS || is_name_tag(r, end - 1)))
            return true;
    }
    return false;
}

/* The end of the apposition that begins at `at`: the next mark; `at` when it is a clause or a list. */
static uint32_t apposition_end(const struct cb_reading *r, uint32_t at, uint32_t end)
{
    bool restricted = false, noun = false;
    uint32_t i = at;
    for (; i < end && i - at < APPOSITION_TOKENS_MAX && !is_mark(r, i); i++) {
        restricted |= cb_token_is_one(r, i, "that|who|which|whose|where");
        if (cb_token_is_finite(r, i) && !restricted)
            return at;
        noun |= r->nodes[i].tag == CB_TAG_NN || r->nodes[i].tag == CB_TAG_NNS;
    }
    bool whole = i == end || (i < end && i - at < APPOSITION_TOKENS_MAX && !cb_token_is_one(r, i, "(|["));
    return noun && whole && !is_list(r, at, i) ? i : at;
}

static bool is_group_word(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_one(
        r, i, "group|organization|organisation|company|firm|agency|party|union|charity|nonprofit");
}

/* "a member of the Sellby Trust, a group that …" is about the trust, "a member of the Sellby Trust, an old
 * man" is not. */
static bool tells_of_group(const struct cb_reading *r, uint32_t at, uint32_t end)
{
    for (uint32_t i = at; i < end && i < at + NAME_TOKENS_MAX && !is_mark(r, i); i++) {
        if (is_group_word(r, i))
            return true;
        if (r->nodes[i].tag == CB_TAG_IN || cb_tag_is_verb(r->nodes[i].tag))
            break;
    }
    return false;
}

/* "the Sellby Trust, a group that runs the mill", from the name on. */
static bool names_then_tells(const struct cb_reading *r, struct cb_token_range all, uint32_t comma,
                             struct cb_token_range *found)
{
    uint32_t start = name_start(r, all.start, comma);
    if (start == comma || is_date_word(r, start) ||
        (start > all.start && cb_token_is_one(r, start - 1, "of|in|from|at") &&
         !tells_of_group(r, comma + 1, all.end)) ||
        comma + 3 >= all.end || !cb_token_is_one(r, comma + 1, "a|an|the") || heads_sentence(r, all, start))
        return false;
    uint32_t end = apposition_end(r, comma + 1, all.end);
    *found = (struct cb_token_range){start, end};
    return end > comma + 1;
}

/* "the trust's lawyer, Ann Lee": a role, the name, and another mark. */
static bool tells_then_names(const struct cb_reading *r, struct cb_token_range all, uint32_t comma,
                             struct cb_token_range *found)
{
    uint32_t end = comma + 1;
    while (end < all.end && end - comma <= NAME_TOKENS_MAX && is_name_tag(r, end))
        end++;
    bool closed = end == all.end || is_mark(r, end);
    if (end < comma + 2 || !closed || comma == all.start || !cb_tag_is_noun(r->nodes[comma - 1].tag) ||
        is_name_tag(r, comma - 1))
        return false;
    bool plural;
    const char *word = cb_token_text(r, comma - 1);
    bool tells =
        cb_role_word_find(word, cb_token_len(r, comma - 1), &plural) != NULL || is_group_word(r, comma - 1);
    struct cb_token_range phrase = cb_cut_phrase_before(r, all.start, comma);
    if (!tells || phrase.start >= comma || (phrase.start > all.start && heads_sentence(r, all, phrase.start)))
        return false;
    *found = (struct cb_token_range){phrase.start, end};
    return true;
}

/* "the list obtained by the council on Monday", "the lawyer investigating the fraud". */
static bool reduces(const struct cb_reading *r, uint32_t sentence, struct cb_token_range all, uint32_t i,
                    struct cb_token_range *found)
{
    uint8_t tag = r->nodes[i].tag;
    if ((tag != CB_TAG_VBN && tag != CB_TAG_VBG) || i == all.start || i + 3 >= all.end ||
        (r->nodes[i - 1].tag != CB_TAG_NN && r->nodes[i - 1].tag != CB_TAG_NNS) ||
        (r->parsed[sentence] && r->nodes[i].relation != CB_REL_ACL))
        return false;
    bool object = tag == CB_TAG_VBN ? r->nodes[i + 1].tag == CB_TAG_IN : cb_cut_begins_phrase(r, i + 1);
    if (!object || cb_token_is_one(r, i, "including|following|regarding|concerning|according"))
        return false;
    uint32_t end = i + 1;
    while (end < all.end && !is_mark(r, end) && !cb_token_is_finite(r, end) &&
           r->nodes[end].tag != CB_TAG_WDT && r->nodes[end].tag != CB_TAG_WP &&
           r->nodes[end].tag != CB_TAG_WRB && !cb_token_is_one(r, end, "that|whether|if"))
        end++;
    while (end > i + 1 && (r->nodes[end - 1].tag == CB_TAG_PRP || r->nodes[end - 1].tag == CB_TAG_CC ||
                           r->nodes[end - 1].tag == CB_TAG_RB || r->nodes[end - 1].tag == CB_TAG_IN))
        end--;
    struct cb_token_range about = cb_cut_phrase_before(r, all.start, i);
    *found = (struct cb_token_range){about.start, end};
    bool apposition = about.start > all.start + 1 && cb_token_is_char(r, about.start - 1, ',') &&
                      is_name_tag(r, about.start - 2);
    return about.start < i && !apposition && cb_clause_words(r, *found) >= REDUCED_WORDS_MIN;
}

size_t cb_clause_nouns(const struct cb_reading *reading, uint32_t sentence, size_t least,
                       struct cb_token_range found[CB_NOUNS_MAX])
{
    struct cb_token_range all = cb_sentence_tokens(reading, sentence);
    bool quoted = false;
    size_t count = 0;
    for (uint32_t i = all.start; i < all.end && count < CB_NOUNS_MAX; i++) {
        if (cb_token_is_quote(reading, i))
            quoted = reading->tokens[i].kind == CB_TOKEN_QUOTE_OPEN;
        if (quoted || i == all.start)
            continue;
        struct cb_token_range *next = &found[count];
        if (cb_token_is_char(reading, i, ','))
            count += (names_then_tells(reading, all, i, next) || tells_then_names(reading, all, i, next)) &&
                     cb_clause_words(reading, *next) >= least;
        else
            count += reduces(reading, sentence, all, i, next);
    }
    return count;
}
