/* What "not" reaches. After the scopes of Chapman et al. 2001 (NegEx): from the negation to the end of
 * its clause, and never further than some words. */
#include "match/words.h"

#include <string.h>

enum { REACH = 12, CALL_WORDS = 3 };

static bool is_word(const struct cb_profile *p, size_t i, const char *text)
{
    return i < p->word_count && strcmp(p->words[i].text, text) == 0;
}

/* "Doctors Without Borders": part of a name. */
static bool is_in_name(const struct cb_profile *p, size_t i)
{
    if (p->title_case || i == 0 || i + 1 >= p->word_count)
        return false;
    unsigned run = p->words[i - 1].flags & p->words[i].flags & p->words[i + 1].flags;
    return (run & CB_WORD_UPPER) && !(p->words[i].flags & CB_WORD_CLAUSE);
}

/* "No borders! No wall!": a call says what is wanted, not what is so. */
static bool is_call(const struct cb_profile *p, size_t i)
{
    if (!is_word(p, i, "no") || !(p->words[i].flags & CB_WORD_UPPER))
        return false;
    size_t end = p->words[i].span.end;
    while (end < p->len && strchr(".!?;,", p->text[end]) == NULL)
        end++;
    size_t last = i;
    while (last + 1 < p->word_count && p->words[last + 1].span.start < end)
        last++;
    return end < p->len && p->text[end] == '!' && last > i && last - i <= CALL_WORDS;
}

/* "not only", "no doubt", "no less than": says yes. "No. 3" is a number. */
static bool is_mock(const struct cb_profile *p, size_t i)
{
    struct cb_span span = p->words[i].span;
    bool joined =
        (span.start > 0 && p->text[span.start - 1] == '-') || (span.end < p->len && p->text[span.end] == '-');
    if (joined || is_in_name(p, i) || is_call(p, i)) /* "the do-not-call list" */
        return true;
    if (p->words[i].flags & CB_WORD_BEFORE_TO) /* "declined to answer", not "declined to 40" */
        return !is_word(p, i + 1, "to") ||
               (i + 2 < p->word_count && (p->words[i + 2].flags & CB_WORD_NUMBER));
    static const char *const after[] = {"onli", "just",  "mere",     "simpli",      "doubt",
                                        "less", "fewer", "question", "necessarili", "until"};
    for (size_t j = 0; j < sizeof after / sizeof *after; j++) {
        if (is_word(p, i + 1, after[j]))
            return true;
    }
    return i + 1 < p->word_count && (p->words[i + 1].flags & CB_WORD_NUMBER) && is_word(p, i, "no.");
}

/* A new clause begins: "but", "although", a comma before a subject of its own. */
static bool ends_clause(const struct cb_word *word)
{
    static const char *const heads[] = {"but",    "although", "though", "becaus", "while", "after", "befor",
                                        "despit", "who",      "which",  "when",   "where", "as"};
    if (word->flags & CB_WORD_CLAUSE)
        return true;
    for (size_t j = 0; j < sizeof heads / sizeof *heads; j++) {
        if (strcmp(word->text, heads[j]) == 0)
            return true;
    }
    return false;
}

static unsigned deny(struct cb_word *words, const struct cb_profile *p, size_t from, size_t to)
{
    unsigned count = 0;
    for (size_t i = from; i < to && !(i > from && ends_clause(&words[i])); i++) {
        if ((words[i].flags & (CB_WORD_STOP | CB_WORD_DENIAL)) || cb_in_date(p, words[i].span))
            continue;
        words[i].flags |= CB_WORD_DENIED;
        count++;
    }
    return count;
}

/* What is denied follows ("denies that …", "a hoax: …"); when nothing does, it stands before ("… is a hoax").
 */
static void mark_denied(struct cb_profile *profile, struct cb_word *words)
{
    for (size_t i = 0; i < profile->word_count; i++) {
        if (!(words[i].flags & CB_WORD_DENIAL) || deny(words, profile, i + 1, profile->word_count) > 0)
            continue;
        for (size_t j = 0; j < i; j++)
            words[j].flags |= words[j].flags & (CB_WORD_STOP | CB_WORD_DENIAL) ? 0U : CB_WORD_DENIED;
    }
}

static bool asks(const struct cb_word *word)
{
    static const char *const words[] = {"ask", "question", "whether", "wonder"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word->text, words[i]) == 0)
            return true;
    }
    return false;
}

void cb_polarity_mark(struct cb_profile *profile, struct cb_word *words)
{
    size_t reach = 0;
    bool head = false; /* the next content word is what is negated */
    for (size_t i = 0; i < profile->word_count; i++) {
        struct cb_word *word = &words[i];
        profile->question |= asks(word);
        profile->denials += (word->flags & CB_WORD_DENIAL) != 0;
        profile->hedges += (word->flags & CB_WORD_HEDGE) != 0;
        profile->modals += (word->flags & CB_WORD_MODAL) != 0;
        if ((word->flags & CB_WORD_NEGATION) && !is_mock(profile, i)) {
            profile->negations++;
            reach = REACH;
            head = true;
            continue;
        }
        if (reach > 0 && ends_clause(word))
            reach = 0;
        if (reach > 0) {
            bool content =
                !(word->flags & CB_WORD_STOP) && strcmp(word->text, "longer") != 0; /* "no longer" */
            word->flags |= (head && content ? CB_WORD_NEGATED | CB_WORD_NEGATED_HEAD : CB_WORD_NEGATED);
            head = head && !content;
            reach--;
        }
    }
    if (profile->denials > 0)
        mark_denied(profile, words);
}
