#include "text/word_list.h"

#include <string.h>

bool cb_word_fold(const char *word, size_t len, char out[CB_LIST_WORD_MAX])
{
    static const char curly[] = "\xE2\x80\x99"; /* ’ */
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (n + 1 >= CB_LIST_WORD_MAX)
            return false;
        char c = word[i];
        if (c == curly[0] && len - i >= 3 && memcmp(word + i, curly, 3) == 0) {
            c = '\'';
            i += 2;
        } else if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        out[n++] = c;
    }
    out[n] = '\0';
    return n > 0;
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Where the folded word stands to one of the list: below, at or above 0. */
static int compare_folded(const char *folded, const char *known)
{
    size_t k = 0; /* words mostly differ early: quicker than a call of strcmp */
    while (folded[k] == known[k] && folded[k] != '\0')
        k++;
    return (unsigned char)folded[k] - (unsigned char)known[k];
}

static bool folded_in(const char *const *list, size_t count, const char *word, size_t len)
{
    char folded[CB_LIST_WORD_MAX];
    if (!cb_word_fold(word, len, folded))
        return false;
    for (size_t low = 0, high = count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = compare_folded(folded, list[middle]);
        if (order == 0)
            return true;
        high = order < 0 ? middle : high;
        low = order < 0 ? low : middle + 1;
    }
    return false;
}

/* Asked for nearly every word of a text, of many lists: most words are told from those of a list by their
 * first letters, so none is folded before. A word with ’ is. */
bool cb_word_in(const char *const *list, size_t count, const char *word, size_t len)
{
    const unsigned char curly = 0xE2;
    if (len == 0 || count == 0)
        return false;
    unsigned char first = lower(word[0]);
    if (first == curly || len >= CB_LIST_WORD_MAX)
        return folded_in(list, count, word, len);
    if (first < (unsigned char)list[0][0] || first > (unsigned char)list[count - 1][0])
        return false;
    for (size_t low = 0, high = count; low < high;) {
        size_t middle = low + (high - low) / 2, k = 0;
        const char *known = list[middle];
        while (k < len && word[k] != '\0' && lower(word[k]) == (unsigned char)known[k])
            k++;
        unsigned char c = k < len ? lower(word[k]) : 0;
        if (c == curly)
            return folded_in(list, count, word, len);
        if (c == (unsigned char)known[k])
            return true;
        if (c < (unsigned char)known[k])
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
