#include "text/quote_source.h"

#include "text/word_list.h"

#include <string.h>

enum { SOURCE_TOKENS_MAX = 40, GAP_TOKENS_MAX = 3 };

bool cb_token_is_saying(const struct cb_reading *r, uint32_t i)
{
    static const char *const words[] = {
        "acknowledged", "added",     "adding",     "adds",      "admitted",   "admits",     "agreed",
        "alleged",      "alleges",   "announced",  "announces", "answered",   "argued",     "argues",
        "asked",        "asks",      "asserted",   "asserts",   "assured",    "called",     "cautioned",
        "claimed",      "claiming",  "claims",     "commented", "complained", "concluded",  "concludes",
        "confirmed",    "confirms",  "contended",  "contends",  "continued",  "countered",  "cried",
        "declared",     "declares",  "denied",     "denies",    "disclosed",  "emphasised", "emphasized",
        "exclaimed",    "explained", "explaining", "explains",  "insisted",   "insists",    "joked",
        "maintained",   "maintains", "mentioned",  "mused",     "noted",      "notes",      "noting",
        "objected",     "observed",  "pointed",    "posted",    "predicted",  "promised",   "quipped",
        "read",         "reads",     "recalled",   "reckoned",  "reiterated", "remarked",   "remembered",
        "repeated",     "replied",   "reported",   "reports",   "responded",  "revealed",   "said",
        "say",          "saying",    "says",       "shouted",   "stated",     "states",     "stressed",
        "stresses",     "suggested", "suggests",   "tells",     "testified",  "told",       "tweeted",
        "underlined",   "urged",     "vowed",      "warned",    "warns",      "whispered",  "wondered",
        "wrote",        "writes",    "yelled"};
    char folded[CB_LIST_WORD_MAX];
    if (r->tokens[i].kind != CB_TOKEN_WORD || !cb_word_fold(cb_token_text(r, i), cb_token_len(r, i), folded))
        return false;
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        if (strcmp(folded, words[w]) == 0)
            return true;
    }
    return false;
}

static uint32_t sentence_of_token(const struct cb_reading *r, uint32_t token)
{
    size_t low = 0, high = r->sentence_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (r->first_token[middle] <= token)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static bool is_stop(const struct cb_reading *r, uint32_t i)
{
    return cb_token_is_quote(r, i) || cb_token_is_one(r, i, ".|;|:|?|!|–|—|-|--");
}

/* Verb first: the source goes on to a stop, a finite verb, or a preposition that begins something else. */
static uint32_t source_end(const struct cb_reading *r, uint32_t from, uint32_t end)
{
    uint32_t i = from;
    while (i < end && i - from < SOURCE_TOKENS_MAX) {
        if (is_stop(r, i) || cb_token_is_finite(r, i) ||
            cb_token_is_one(r, i, "in|on|at|during|after|before|when|as|while|who"))
            break;
        i++;
    }
    return i;
}

static bool can_be_source(const struct cb_reading *r, struct cb_token_range range)
{
    range = cb_range_trim(r, range);
    for (uint32_t i = range.start; i < range.end; i++) {
        uint8_t tag = r->nodes[i].tag;
        if (cb_tag_is_noun(tag) || tag == CB_TAG_PRP || tag == CB_TAG_WP || tag == CB_TAG_DT)
            return true;
    }
    return false;
}

static bool behind(const struct cb_reading *r, const struct cb_quote *quote, struct cb_quote_source *out)
{
    out->sentence = sentence_of_token(r, quote->last);
    uint32_t end = r->first_token[out->sentence + 1], at = quote->last + 1;
    while (at < end && at < quote->last + 1 + GAP_TOKENS_MAX && !cb_token_is_word(r, at)) {
        if (cb_token_is_quote(r, at) || cb_token_is_one(r, at, ".|;|:"))
            return false;
        at++;
    }
    uint32_t verb = at;
    while (verb < end && verb - at < SOURCE_TOKENS_MAX && !cb_token_is_saying(r, verb)) {
        if (is_stop(r, verb) || (cb_token_is_finite(r, verb) && !cb_token_is_one(r, verb, "has|had|have")))
            return false;
        verb++;
    }
    if (verb >= end || !cb_token_is_saying(r, verb))
        return false;
    out->cue = (struct cb_token_range){verb, verb + 1};
    out->source = verb > at && can_be_source(r, (struct cb_token_range){at, verb})
                      ? (struct cb_token_range){at, verb}
                      : (struct cb_token_range){verb + 1, source_end(r, verb + 1, end)};
    out->source = cb_range_trim(r, out->source);
    return out->source.start < out->source.end && can_be_source(r, out->source);
}

static bool before(const struct cb_reading *r, const struct cb_quote *quote, struct cb_quote_source *out)
{
    out->sentence = sentence_of_token(r, quote->first);
    uint32_t start = r->first_token[out->sentence], verb = quote->first;
    for (unsigned gap = 0;; gap++) {
        if (verb == start || gap > GAP_TOKENS_MAX)
            return false;
        verb--;
        if (cb_token_is_saying(r, verb))
            break;
        if (cb_token_is_quote(r, verb))
            return false;
    }
    uint32_t from = verb;
    while (from > start && verb - from < SOURCE_TOKENS_MAX && !is_stop(r, from - 1) &&
           !(cb_token_is_finite(r, from - 1) && !cb_token_is_one(r, from - 1, "has|had|have")))
        from--;
    out->cue = (struct cb_token_range){verb, verb + 1};
    out->source = cb_range_trim(r, (struct cb_token_range){from, verb});
    return out->source.start < out->source.end && can_be_source(r, out->source);
}

bool cb_quote_source_find(const struct cb_reading *r, const struct cb_quote *quote,
                          struct cb_quote_source *out)
{
    return behind(r, quote, out) || before(r, quote, out);
}
