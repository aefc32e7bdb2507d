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

bool cb_word_in(const char *const *list, size_t count, const char *word, size_t len)
{
    char folded[CB_LIST_WORD_MAX];
    if (!cb_word_fold(word, len, folded))
        return false;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *known = list[middle];
        size_t k = 0; /* words mostly differ early: quicker than a call of strcmp */
        while (folded[k] == known[k] && folded[k] != '\0')
            k++;
        int order = (unsigned char)folded[k] - (unsigned char)known[k];
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
