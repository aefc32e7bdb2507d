#include "text/sentence_icu.h"

#include "text/unicode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

struct cb_sentence_icu {
    UBreakIterator *iterator;
    UText *utext;
    const char *text; /* of the document */
    size_t start, end;
    bool ordinal_dot; /* "20. November": a number with a full stop is an ordinal */
};

static bool has_ordinal_dot(const char *language)
{
    static const char *const codes[] = {"bs", "cs", "da", "de", "et", "fi", "fo", "hr", "hu", "is",
                                        "lb", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strncmp(language, codes[i], 2) == 0 &&
            (language[2] == '\0' || language[2] == '-' || language[2] == '_'))
            return true;
    }
    return false;
}

enum cb_code cb_sentence_icu_new(const char *language, struct cb_sentence_icu **out, struct cb_err *err)
{
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    struct cb_sentence_icu *icu = calloc(1, sizeof *icu);
    *out = NULL;
    if (icu == NULL)
        return cb_no_memory(err);
    /* "ss=standard": no break behind the abbreviations that CLDR lists for the language */
    int32_t n = uloc_forLanguageTag(language, locale, (int32_t)sizeof locale, NULL, &status);
    if (U_FAILURE(status) || n <= 0 || (size_t)n + sizeof "@ss=standard" > sizeof locale)
        n = snprintf(locale, sizeof locale, "root");
    if (strchr(locale, '@') == NULL)
        snprintf(locale + n, sizeof locale - (size_t)n, "@ss=standard");
    status = U_ZERO_ERROR;
    icu->iterator = ubrk_open(UBRK_SENTENCE, locale, NULL, 0, &status);
    if (U_FAILURE(status)) {
        free(icu);
        return cb_fail(err, CB_FAILED, "can't open ICU's sentence rules for '%s': %s", locale,
                       u_errorName(status));
    }
    icu->ordinal_dot = has_ordinal_dot(language);
    *out = icu;
    return CB_OK;
}

void cb_sentence_icu_free(struct cb_sentence_icu *icu)
{
    if (icu == NULL)
        return;
    ubrk_close(icu->iterator);
    utext_close(icu->utext);
    free(icu);
}

enum cb_code cb_sentence_icu_set(struct cb_sentence_icu *icu, const char *text, size_t start, size_t end,
                                 struct cb_err *err)
{
    UErrorCode status = U_ZERO_ERROR;
    icu->text = text;
    icu->start = start;
    icu->end = end;
    icu->utext = utext_openUTF8(icu->utext, text + start, (int64_t)(end - start), &status);
    ubrk_setUText(icu->iterator, icu->utext, &status);
    if (U_FAILURE(status))
        return cb_fail(err, CB_FAILED, "ICU can't walk the text: %s", u_errorName(status));
    ubrk_first(icu->iterator);
    return CB_OK;
}

/* The boundary at `at` is none: behind an initial ("J. Verne") or an ordinal of one or two digits. */
static bool is_false_boundary(const struct cb_sentence_icu *icu, size_t at)
{
    const char *text = icu->text;
    while (at > icu->start && (text[at - 1] == ' ' || text[at - 1] == '\n'))
        at--;
    if (at < icu->start + 2 || text[at - 1] != '.')
        return false;
    size_t digits = 0, p = at - 1;
    while (p > icu->start && digits < 3 && text[p - 1] >= '0' && text[p - 1] <= '9') {
        digits++;
        p--;
    }
    if (digits > 0)
        return icu->ordinal_dot && digits < 3;
    uint32_t c;
    p = cb_utf8_previous(text, at - 1);
    cb_utf8_next(text, icu->end, p, &c);
    return cb_is_upper(c) &&
           (p == icu->start || text[p - 1] == ' ' || text[p - 1] == '\n' || text[p - 1] == '.');
}

size_t cb_sentence_icu_next(struct cb_sentence_icu *icu)
{
    for (;;) {
        int32_t at = ubrk_next(icu->iterator);
        if (at == UBRK_DONE || (size_t)at >= icu->end - icu->start)
            return icu->end;
        if (!is_false_boundary(icu, icu->start + (size_t)at))
            return icu->start + (size_t)at;
    }
}
