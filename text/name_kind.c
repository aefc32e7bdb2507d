#include "text/name_kind.h"

#include "text/source_link.h"

enum { APPOSITION_TOKENS = 8 };

static bool all_caps(const struct cb_reading *r, uint32_t i)
{
    return (r->tokens[i].flags & CB_TOKEN_ALL_CAPS) != 0;
}

static bool capital(const struct cb_reading *r, uint32_t i)
{
    return (r->tokens[i].flags & CB_TOKEN_UPPER) != 0;
}

static bool given_name(const struct cb_reading *r, uint32_t i)
{
    return cb_is_given_name(cb_token_text(r, i), cb_token_len(r, i));
}

static bool company_noun(const struct cb_reading *r, uint32_t i)
{
    return !capital(r, i) && cb_is_company_noun(cb_token_text(r, i), cb_token_len(r, i));
}

/* "Tarn Water", "Coastal Wire", "Northline Ferries": by its last word. */
static bool ends_as_company(const struct cb_reading *r, struct cb_token_range name)
{
    uint32_t last = name.end - 1;
    struct cb_span whole = cb_range_span(r, name);
    if (name.end - name.start < 2 || (given_name(r, name.start) && name.end - name.start == 2))
        return false;
    return cb_is_company_word(cb_token_text(r, last), cb_token_len(r, last)) ||
           cb_is_outlet_name(r->text + whole.start, whole.end - whole.start);
}

/* "the company Berg founded", "told the newspaper Berg had left": the name is a subject of its own. */
static bool is_own_subject(const struct cb_reading *r, struct cb_token_range range,
                           struct cb_token_range name)
{
    bool verb = name.end < range.end && cb_token_is_finite(r, name.end);
    for (uint32_t i = name.start; verb && i > range.start && name.start - i < APPOSITION_TOKENS; i--) {
        if (cb_tag_is_verb(r->nodes[i - 1].tag)) /* a verb before the noun: that one's object */
            return true;
    }
    return verb && r->nodes[name.end - 1].relation == CB_REL_NSUBJ &&
           r->nodes[name.end].relation == CB_REL_ACL_RELCL;
}

/* "the operator Northline", "the ferry company Northline", "the company, Northline, said" */
static bool company_before(const struct cb_reading *r, struct cb_token_range range,
                           struct cb_token_range name)
{
    if (name.start > range.start + 1 && name.end < range.end && cb_token_is_char(r, name.start - 1, ',') &&
        cb_token_is_char(r, name.end, ',') && company_noun(r, name.start - 2))
        return true;
    return name.start > range.start && company_noun(r, name.start - 1) && !is_own_subject(r, range, name);
}

/* "Northline, which …", "Northline, a ferry company, …", "Northline, the operator of …" */
static bool company_behind(const struct cb_reading *r, struct cb_token_range range,
                           struct cb_token_range name)
{
    uint32_t at = name.end + 1;
    if (at + 1 >= range.end || !cb_token_is_char(r, name.end, ','))
        return false;
    if (cb_token_is(r, at, "which"))
        return true;
    if (!cb_token_is_one(r, at, "a|an|the"))
        return false;
    uint32_t head = at + 1;
    while (head + 1 < range.end && head < at + APPOSITION_TOKENS &&
           (cb_tag_is_noun(r->nodes[head + 1].tag) || r->nodes[head].tag == CB_TAG_JJ ||
            cb_token_is_char(r, head + 1, '-') || cb_token_is_possessive(r, head + 1) ||
            cb_token_is_possessive(r, head)))
        head++;
    return company_noun(r, head) && head + 1 < range.end && !cb_tag_is_verb(r->nodes[head + 1].tag);
}

void cb_name_classify(const struct cb_reading *r, struct cb_token_range range, struct cb_name_parts *parts)
{
    uint32_t start = parts->name.start, end = parts->name.end;
    bool given = given_name(r, start), titled = parts->title.end > parts->title.start;
    for (uint32_t i = start; i < end; i++)
        parts->organisation |= cb_is_organisation_word(cb_token_text(r, i), cb_token_len(r, i)) &&
                               !(given && i == end - 1 && end - start == 2);
    struct cb_span whole = cb_range_span(r, parts->name);
    parts->place = cb_is_place(r->text + whole.start, whole.end - whole.start);
    if (end - start == 1 && r->nodes[start].tag == CB_TAG_NNPS) /* Republicans */
        parts->organisation = true;
    if (end - start == 1 && all_caps(r, start) && !parts->place && !titled)
        parts->organisation |= cb_token_len(r, start) <= 6;
    if (!parts->place && !titled && !(given && end - start >= 2))
        parts->company = ends_as_company(r, parts->name) || company_before(r, range, parts->name) ||
                         company_behind(r, range, parts->name);
    parts->organisation |= parts->company;
    if (parts->organisation || parts->place)
        return;
    parts->person = titled || (given && end - start >= 2);
    if (given && parts->gender == CB_GENDER_UNKNOWN && end - start >= 2)
        parts->gender = (uint8_t)cb_given_name_gender(cb_token_text(r, start), cb_token_len(r, start));
}
