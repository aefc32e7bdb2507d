#include "text/quote_source.h"

#include "text/role_words.h"
#include "text/source_link.h"
#include "text/word_list.h"

#include <string.h>

enum {
    SOURCE_TOKENS_MAX = 40,
    GAP_TOKENS_MAX = 3,
    HEARER_WORDS_MAX = 5,
    SHORT_SOURCE_MAX = 8,
    REST_TOKENS_MAX = 8,
    SUBJECT_TOKENS_MAX = 12,
    ESTIMATE_WORDS_MAX = 4
};

bool cb_token_is_saying(const struct cb_reading *r, uint32_t i)
{
    static const char *const words[] = {
        "acknowledged", "added",      "adding",     "adds",      "admits",     "admitted",   "agreed",
        "alleged",      "alleges",    "announced",  "announces", "answered",   "argued",     "argues",
        "asked",        "asks",       "asserted",   "asserts",   "assured",    "called",     "cautioned",
        "claimed",      "claiming",   "claims",     "commented", "complained", "concluded",  "concludes",
        "confirmed",    "confirms",   "contended",  "contends",  "continued",  "countered",  "cried",
        "declared",     "declares",   "denied",     "denies",    "disclosed",  "emphasised", "emphasized",
        "exclaimed",    "explained",  "explaining", "explains",  "goes",       "insisted",   "insists",
        "joked",        "maintained", "maintains",  "mentioned", "mused",      "noted",      "notes",
        "noting",       "objected",   "observed",   "pointed",   "posted",     "predicted",  "promised",
        "quipped",      "read",       "reads",      "recalled",  "reckoned",   "reiterated", "remarked",
        "remembered",   "repeated",   "replied",    "reported",  "reports",    "responded",  "revealed",
        "said",         "say",        "saying",     "says",      "shouted",    "stated",     "states",
        "stressed",     "stresses",   "suggested",  "suggests",  "tells",      "testified",  "told",
        "tweeted",      "underlined", "urged",      "vowed",     "warned",     "warns",      "whispered",
        "wondered",     "writes",     "wrote",      "yelled"};
    return r->tokens[i].kind == CB_TOKEN_WORD && CB_WORD_IN(words, cb_token_text(r, i), cb_token_len(r, i));
}

bool cb_hearer_begins(const struct cb_reading *r, uint32_t i, uint32_t end)
{
    if (i + 1 >= end || !cb_token_is(r, i, "to"))
        return false;
    uint32_t at = i + 1, name;
    if (cb_token_is_one(r, at, "journalists|reporters|media|press"))
        return true;
    while (at < end && at < i + HEARER_WORDS_MAX && (r->tokens[at].flags & CB_TOKEN_UPPER) == 0) {
        if (cb_is_outlet_word(cb_token_text(r, at), cb_token_len(r, at)))
            return true;
        if (!cb_token_is_one(r, at, "the|a|local|national|state|news|private"))
            return false;
        at++;
    }
    for (name = at;
         name < end && name < at + HEARER_WORDS_MAX && (r->tokens[name].flags & CB_TOKEN_UPPER) != 0;
         name++) {
    }
    struct cb_span span = cb_range_span(r, (struct cb_token_range){at, name});
    return span.end > span.start && cb_is_outlet_name(r->text + span.start, span.end - span.start);
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
        if (is_stop(r, i) || cb_token_is_finite(r, i) || cb_hearer_begins(r, i, end) ||
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
        bool quoted =
            verb + 1 < end && cb_token_is_one(r, verb + 1, "quoted|cited"); /* was quoted as saying */
        if (is_stop(r, verb) ||
            (cb_token_is_finite(r, verb) && !quoted && !cb_token_is_one(r, verb, "has|had|have")))
            return false;
        verb++;
    }
    if (verb >= end || !cb_token_is_saying(r, verb))
        return false;
    out->cue = (struct cb_token_range){verb, verb + 1};
    for (uint32_t i = at; i < verb; i++) {
        if (cb_token_is_one(r, i, "was|were|is|has|had|have") && i > at) {
            out->cue.start = i;
            break;
        }
    }
    verb = out->cue.start;
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

/* Can the tokens be "he", "the diplomat", "Ann Lee", "the weather service": a short phrase of one who speaks?
 */
static bool is_short_source(const struct cb_reading *r, struct cb_token_range range)
{
    range = cb_range_trim(r, range);
    if (range.start >= range.end || range.end - range.start > SHORT_SOURCE_MAX)
        return false;
    if (range.end - range.start == 1 && cb_token_is_one(r, range.start, "he|she|they|it"))
        return true;
    bool named = cb_token_is_one(r, range.start, "the|a|an|one|another|his|her|its|their");
    for (uint32_t i = range.start; i < range.end; i++) {
        bool plural;
        if (cb_token_is_finite(r, i) || cb_token_is_one(r, i, "i|we|you|that|which|who|he|she|it|they"))
            return false;
        named |= (r->tokens[i].flags & CB_TOKEN_UPPER) != 0 ||
                 cb_role_word_find(cb_token_text(r, i), cb_token_len(r, i), &plural) != NULL ||
                 cb_is_group_word(cb_token_text(r, i), cb_token_len(r, i));
    }
    return named && cb_tag_is_noun(r->nodes[range.end - 1].tag);
}

/* What may follow the verb: "told the Courier", "said on Friday", "said in a statement": no clause of its
 * own. */
static bool is_short_rest(const struct cb_reading *r, struct cb_token_range range)
{
    if (range.end - range.start > REST_TOKENS_MAX)
        return false;
    for (uint32_t i = range.start; i < range.end; i++) {
        if (cb_tag_is_verb(r->nodes[i].tag) || cb_token_is_quote(r, i) ||
            cb_token_is_one(r, i, "that|how|why|what"))
            return false;
    }
    return true;
}

/* "…, he said" or "…, – said the diplomat" or "…, Ann Lee told the Courier" that begins behind the comma at
 * token `comma`. */
static bool frame_at(const struct cb_reading *r, uint32_t comma, uint32_t end, struct cb_quote_source *out)
{
    uint32_t at = comma + 1, stop, verb;
    while (at < end && (cb_token_is_one(r, at, "–|—|-|--") || r->tokens[at].kind == CB_TOKEN_QUOTE_CLOSE))
        at++;
    for (stop = at; stop < end && stop - at <= SHORT_SOURCE_MAX + 1 + REST_TOKENS_MAX; stop++) {
        if (is_stop(r, stop) || cb_token_is_char(r, stop, ','))
            break;
    }
    for (verb = at; verb < stop && !cb_token_is_saying(r, verb); verb++) {
    }
    if (stop - at < 2 || verb == stop)
        return false;
    out->cue = (struct cb_token_range){verb, verb + 1};
    uint32_t hearer = verb + 1;
    while (hearer < stop && !cb_hearer_begins(r, hearer, stop))
        hearer++;
    out->source = verb == at ? (struct cb_token_range){verb + 1, hearer} : (struct cb_token_range){at, verb};
    if (verb > at && !is_short_rest(r, (struct cb_token_range){verb + 1, stop}))
        return false;
    while (stop < end && cb_token_is_one(r, stop, ".|,|–|—|-|--"))
        stop++;
    out->gap = (struct cb_token_range){comma, stop};
    return is_short_source(r, out->source);
}

/* Some agencies leave the marks open round "he said". */
static bool inside(const struct cb_reading *r, const struct cb_quote *quote, struct cb_quote_source *out)
{
    for (uint32_t i = quote->first + 1; i < quote->last; i++) {
        if (cb_token_is_char(r, i, ',') && frame_at(r, i, quote->last, out)) {
            out->sentence = sentence_of_token(r, i);
            return true;
        }
    }
    return false;
}

/* More than a name or a few words in quotation marks? A mark that closes may have lost its partner. */
static bool holds_speech(const struct cb_reading *r, struct cb_token_range range)
{
    bool open = false;
    unsigned quoted = 0;
    for (uint32_t i = range.start; i < range.end; i++) {
        if (cb_token_is_quote(r, i)) {
            open = r->tokens[i].kind == CB_TOKEN_QUOTE_OPEN;
            quoted = 0;
        } else if (open && (++quoted > 3 || cb_token_is_one(r, i, ",|.|?|!"))) {
            return true;
        }
    }
    return open;
}

/* "According to the union, …" and "…, according to the union." */
static bool according(const struct cb_reading *r, struct cb_token_range range, struct cb_quote_source *out)
{
    for (uint32_t i = range.start; i + 2 < range.end; i++) {
        if (!cb_token_is(r, i, "according") || !cb_token_is(r, i + 1, "to"))
            continue;
        uint32_t stop = i + 2;
        while (stop < range.end && stop - i < SOURCE_TOKENS_MAX && !is_stop(r, stop) &&
               !cb_token_is_char(r, stop, ','))
            stop++;
        bool first = cb_range_trim(r, range).start == i;
        bool last = stop + 1 >= range.end;
        out->cue = (struct cb_token_range){i, i + 2};
        out->source = (struct cb_token_range){i + 2, stop};
        uint32_t from = i > range.start && cb_token_is_char(r, i - 1, ',') ? i - 1 : i;
        out->gap = (struct cb_token_range){first ? range.start : from, stop};
        return (first || last) && stop > i + 2 && can_be_source(r, out->source);
    }
    return false;
}

/* "The gate was not closed, so Okafor.", "The gate, so the mayor, was not closed.": as translations from
 * German name who said it. A bare thing ("so the legend") is none. */
static bool so_somebody(const struct cb_reading *r, struct cb_token_range range, struct cb_quote_source *out)
{
    for (uint32_t comma = range.start + 1; comma + 2 < range.end; comma++) {
        uint32_t stop = comma + 2;
        bool plural;
        if (!cb_token_is_char(r, comma, ',') || !cb_token_is(r, comma + 1, "so"))
            continue;
        while (stop < range.end && !is_stop(r, stop) && !cb_token_is_char(r, stop, ','))
            stop++;
        const char *head = cb_token_text(r, stop - 1);
        uint32_t len = cb_token_len(r, stop - 1);
        bool somebody = (r->tokens[stop - 1].flags & CB_TOKEN_UPPER) != 0 || cb_is_group_word(head, len) ||
                        cb_is_organisation_word(head, len) || cb_role_word_find(head, len, &plural) != NULL;
        out->cue = (struct cb_token_range){comma + 1, comma + 2};
        out->source = (struct cb_token_range){comma + 2, stop};
        out->gap = (struct cb_token_range){comma, stop < range.end ? stop + 1 : stop};
        if (somebody && is_short_source(r, out->source))
            return true;
    }
    return false;
}

bool cb_statement_source_find(const struct cb_reading *r, uint32_t sentence, struct cb_quote_source *out)
{
    struct cb_token_range range = cb_sentence_tokens(r, sentence);
    *out = (struct cb_quote_source){.sentence = sentence};
    if (holds_speech(r, range))
        return false;
    if (according(r, range, out) || so_somebody(r, range, out))
        return true;
    for (uint32_t i = range.start + 1; i + 1 < range.end; i++) {
        if (!cb_token_is_char(r, i, ',') || !frame_at(r, i, range.end, out))
            continue;
        bool bare = out->source.end == out->cue.start || out->cue.end == out->source.start;
        bool closed = out->gap.end == (out->cue.end > out->source.end ? out->cue.end : out->source.end) + 1;
        if (out->gap.end + 1 >= range.end || (bare && closed && cb_token_is_char(r, out->gap.end - 1, ',')))
            return true;
    }
    return false;
}

/* "at 12 Bridge Road" */
static bool is_address(const struct cb_reading *r, uint32_t from, uint32_t last,
                       const struct cb_quantity *quantity)
{
    while (from < last && r->tokens[from].span.start < quantity->span.start)
        from++;
    return r->tokens[from].kind == CB_TOKEN_NUMBER && from + 1 < r->token_count &&
           r->tokens[from + 1].kind == CB_TOKEN_WORD && (r->tokens[from + 1].flags & CB_TOKEN_UPPER) != 0;
}

/* "at $3bn", "at more than 400": a quantity that is neither date nor label begins right behind. */
static bool quantity_follows(const struct cb_reading *r, uint32_t at, uint32_t end,
                             const struct cb_quantity *quantities, size_t count)
{
    if (at + 1 >= end)
        return false;
    uint32_t last = at + ESTIMATE_WORDS_MAX < end ? at + ESTIMATE_WORDS_MAX : end - 1;
    /* "at about 12" is one quantity */
    uint32_t from = r->tokens[at].span.start, to = r->tokens[last].span.start;
    for (size_t q = 0; q < count; q++) {
        bool amount = quantities[q].kind != CB_QUANTITY_DATE && quantities[q].kind != CB_QUANTITY_LABEL &&
                      quantities[q].kind != CB_QUANTITY_ORDINAL;
        if (amount && quantities[q].span.start >= from && quantities[q].span.start <= to &&
            !is_address(r, at + 1, last, &quantities[q]))
            return true;
    }
    return false;
}

static bool is_reckoning(const struct cb_reading *r, uint32_t i)
{
    return cb_tag_is_verb(r->nodes[i].tag) &&
           cb_token_is_one(r, i,
                           "assessed|assesses|calculated|calculates|estimate|estimated|estimates|forecast|"
                           "forecasts|peg|pegged|pegs|projected|projects|put|puts|reckoned|reckons");
}

bool cb_estimate_source_find(const struct cb_reading *r, uint32_t sentence, struct cb_token_range clause,
                             const struct cb_quantity *quantities, size_t quantity_count,
                             struct cb_quote_source *out, struct cb_token_range *content)
{
    uint32_t verb = clause.start + 1, at;
    *out = (struct cb_quote_source){.sentence = sentence};
    if (quantity_count == 0)
        return false;
    while (verb < clause.end && verb - clause.start <= SUBJECT_TOKENS_MAX && !cb_token_is_finite(r, verb) &&
           !(is_reckoning(r, verb) && cb_tag_is_noun(r->nodes[verb - 1].tag)))
        verb++; /* "the union estimated losses": often taken for a participle */
    out->cue.start = verb;
    if (verb + 1 < clause.end && cb_token_is_one(r, verb, "has|have|had"))
        verb++;
    if (verb + 2 >= clause.end || verb - clause.start > SUBJECT_TOKENS_MAX || !is_reckoning(r, verb))
        return false;
    for (at = verb + 2; at < clause.end && !cb_token_is(r, at, "at"); at++) {
        if (cb_tag_is_verb(r->nodes[at].tag) || is_stop(r, at) || cb_token_is_char(r, at, ','))
            return false;
    }
    out->cue.end = verb + 1;
    out->source = cb_range_trim(r, (struct cb_token_range){clause.start, out->cue.start});
    *content = (struct cb_token_range){verb + 1, clause.end};
    for (uint32_t i = out->source.start; i < out->source.end; i++) {
        if (cb_token_is_char(r, i, ',') || (is_stop(r, i) && !cb_token_is_possessive(r, i)) ||
            cb_token_is_one(r, i, "that|which|who"))
            return false;
    }
    return out->source.start == clause.start && out->source.start < out->source.end &&
           r->nodes[clause.start].tag != CB_TAG_IN && can_be_source(r, out->source) &&
           quantity_follows(r, at, clause.end, quantities, quantity_count);
}

bool cb_subject_before(const struct cb_reading *r, uint32_t sentence, struct cb_span cue,
                       struct cb_span *source)
{
    struct cb_token_range all = cb_sentence_tokens(r, sentence), range = cb_span_tokens(r, sentence, cue);
    uint32_t from = range.start;
    bool named = false;
    while (from > all.start && range.start - from < SUBJECT_TOKENS_MAX) {
        uint32_t i = from - 1;
        if (is_stop(r, i) || cb_token_is_char(r, i, ',') || cb_tag_is_verb(r->nodes[i].tag) ||
            cb_token_is_one(r, i, "and|but|that|which|who"))
            break;
        bool time = cb_is_calendar_word(cb_token_text(r, i), cb_token_len(r, i)) || cb_token_is(r, i, "amid");
        named |= !time && (cb_tag_is_noun(r->nodes[i].tag) || r->nodes[i].tag == CB_TAG_JJ ||
                           r->nodes[i].tag == CB_TAG_PRP);
        from = i;
    }
    struct cb_token_range found = cb_range_trim(r, (struct cb_token_range){from, range.start});
    if (!named || found.start >= found.end || r->nodes[found.start].tag == CB_TAG_IN)
        return false;
    *source = cb_range_span(r, found);
    return true;
}

bool cb_quote_source_find(const struct cb_reading *r, const struct cb_quote *quote,
                          struct cb_quote_source *out)
{
    *out = (struct cb_quote_source){0};
    return inside(r, quote, out) || behind(r, quote, out) || before(r, quote, out);
}
