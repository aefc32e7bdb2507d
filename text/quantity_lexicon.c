#include "text/quantity_lexicon.h"

#include <string.h>

const char *cb_currency_of(const char *symbol, size_t len)
{
    static const char *const symbols[][2] = {
        {"$", "USD"},
        {"US$", "USD"},
        {"U.S.$", "USD"},
        {"\xE2\x82\xAC", "EUR"},
        {"\xC2\xA3", "GBP"},
        {"\xC2\xA5", "JPY"},
        {"A$", "AUD"},
        {"AU$", "AUD"},
        {"C$", "CAD"},
        {"CA$", "CAD"},
        {"HK$", "HKD"},
        {"NZ$", "NZD"},
        {"S$", "SGD"},
        {"R$", "BRL"},
        {"\xE2\x82\xBD", "RUB"},
        {"\xE2\x82\xB9", "INR"},
        {"Rs", "INR"},
        {"Rs.", "INR"},
        {"\xE2\x82\xAA", "ILS"},
        {"\xE2\x82\xA9", "KRW"},
        {"\xE2\x82\xBA", "TRY"},
        {"\xE2\x82\xB4", "UAH"},
        {"USD", "USD"},
        {"EUR", "EUR"},
        {"GBP", "GBP"},
        {"JPY", "JPY"},
        {"CHF", "CHF"},
        {"RUB", "RUB"},
        {"CNY", "CNY"},
        {"INR", "INR"},
        {"AUD", "AUD"},
        {"CAD", "CAD"},
        {"SEK", "SEK"},
        {"NOK", "NOK"},
        {"DKK", "DKK"},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        if (strlen(symbols[i][0]) == len && memcmp(symbols[i][0], symbol, len) == 0)
            return symbols[i][1];
    }
    return NULL;
}

const struct cb_approx cb_approximators[] = {
    {"no more than", "at most", CB_APPROX_MOST},
    {"not more than", "at most", CB_APPROX_MOST},
    {"no less than", "at least", CB_APPROX_LEAST},
    {"no fewer than", "at least", CB_APPROX_LEAST},
    {"not less than", "at least", CB_APPROX_LEAST},
    {"in excess of", "over", CB_APPROX_LEAST},
    {"a maximum of", "at most", CB_APPROX_MOST},
    {"a minimum of", "at least", CB_APPROX_LEAST},
    {"a total of", NULL, CB_APPROX_NEAR},
    {"as many as", "up to", CB_APPROX_MOST},
    {"as much as", "up to", CB_APPROX_MOST},
    {"as few as", "at least", CB_APPROX_LEAST},
    {"as little as", "at least", CB_APPROX_LEAST},
    {"just over", "over", CB_APPROX_LEAST},
    {"well over", "over", CB_APPROX_LEAST},
    {"just under", "almost", CB_APPROX_NEAR},
    {"more than", "over", CB_APPROX_LEAST},
    {"greater than", "over", CB_APPROX_LEAST},
    {"less than", "under", CB_APPROX_MOST},
    {"fewer than", "under", CB_APPROX_MOST},
    {"at least", "at least", CB_APPROX_LEAST},
    {"at most", "at most", CB_APPROX_MOST},
    {"at around", "about", CB_APPROX_NEAR},
    {"at about", "about", CB_APPROX_NEAR},
    {"up to", "up to", CB_APPROX_MOST},
    {"close to", "almost", CB_APPROX_NEAR},
    {"upwards of", "over", CB_APPROX_LEAST},
    {"upward of", "over", CB_APPROX_LEAST},
    {"an estimated", "about", CB_APPROX_NEAR},
    {"something like", "about", CB_APPROX_NEAR},
    {"on the order of", "about", CB_APPROX_NEAR},
    {"exceeding", "over", CB_APPROX_LEAST},
    {"almost", "almost", CB_APPROX_NEAR},
    {"nearly", "almost", CB_APPROX_NEAR},
    {"about", "about", CB_APPROX_NEAR},
    {"around", "about", CB_APPROX_NEAR},
    {"roughly", "about", CB_APPROX_NEAR},
    {"approximately", "about", CB_APPROX_NEAR},
    {"approx.", "about", CB_APPROX_NEAR},
    {"circa", "about", CB_APPROX_NEAR},
    {"estimated", "about", CB_APPROX_NEAR},
    {"some", "some", CB_APPROX_NEAR},
    {"over", "over", CB_APPROX_LEAST},
    {"above", "over", CB_APPROX_LEAST},
    {"exceeded", "over", CB_APPROX_LEAST},
    {"under", "under", CB_APPROX_MOST},
    {"below", "under", CB_APPROX_MOST},
    {"~", "about", CB_APPROX_NEAR},
    {">", "over", CB_APPROX_LEAST},
    {"<", "under", CB_APPROX_MOST},
    {NULL, NULL, CB_APPROX_NEAR},
};

static const char *const irregular[][2] = {
    {"people", "person"},
    {"men", "man"},
    {"women", "woman"},
    {"children", "child"},
    {"feet", "foot"},
    {"teeth", "tooth"},
    {"lives", "life"},
    {"wives", "wife"},
    {"leaves", "leaf"},
    {"media", "medium"},
    {"policemen", "policeman"},
    {"gunmen", "gunman"},
    {"fishermen", "fisherman"},
    {"personnel", "personnel"},
    {"troops", "troop"},
    {"aircraft", "aircraft"},
    {"cattle", "cattle"},
    {"sheep", "sheep"},
    {"police", "police"},
    {"lawmen", "lawman"},
    {"servicemen", "serviceman"},
    {"buses", "bus"},
    {"gases", "gas"},
    {"crises", "crisis"},
    {"businessmen", "businessman"},
    {"congressmen", "congressman"},
    {"knives", "knife"},
    {"series", "series"},
    {"species", "species"},
    {"shoes", "shoe"},
    {"movies", "movie"},
    {"cookies", "cookie"},
    {"zombies", "zombie"},
};

static const char *irregular_of(const char *word, size_t len)
{
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++) {
        if (strlen(irregular[i][0]) == len && memcmp(irregular[i][0], word, len) == 0)
            return irregular[i][1];
    }
    return NULL;
}

static bool ends_with(const char *word, size_t len, const char *ending)
{
    size_t n = strlen(ending);
    return len > n && memcmp(word + len - n, ending, n) == 0;
}

bool cb_is_plural(const char *word, size_t len)
{
    if (irregular_of(word, len) != NULL)
        return true;
    return len > 2 && word[len - 1] == 's' && !ends_with(word, len, "ss") && !ends_with(word, len, "us") &&
           !ends_with(word, len, "is");
}

const char *cb_singular(const char *word, size_t len, struct cb_arena *arena)
{
    char *copy = cb_arena_copy(arena, word, len);
    if (copy == NULL)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (copy[i] >= 'A' && copy[i] <= 'Z')
            copy[i] = (char)(copy[i] + ('a' - 'A'));
    }
    const char *found = irregular_of(copy, len);
    if (found != NULL)
        return cb_arena_copy(arena, found, strlen(found));
    if (!cb_is_plural(copy, len))
        return copy;
    if (ends_with(copy, len, "ies") && len > 4) {
        memcpy(copy + len - 3, "y", 2);
    } else if (ends_with(copy, len, "ches") || ends_with(copy, len, "shes") || ends_with(copy, len, "xes") ||
               ends_with(copy, len, "sses") || ends_with(copy, len, "zzes") || ends_with(copy, len, "oes")) {
        copy[len - 2] = '\0';
    } else {
        copy[len - 1] = '\0';
    }
    return copy;
}
