#include "text/furniture.h"

#include "text/word_list.h"

enum { COLUMNS = 5, MARKS_MAX = 3, FRAME_TOKENS = 3 };

/* The words that the lines below begin with, in byte order: most sentences begin with none of them. */
static bool can_begin(const struct cb_reading *r, uint32_t i)
{
    static const char *const words[] = {
        "all",     "also",     "caption", "click", "contact",     "copyright", "credit",     "download",
        "editing", "email",    "file",    "find",  "follow",      "get",       "graphic",    "image",
        "images",  "join",     "learn",   "like",  "listen",      "photo",     "photograph", "photos",
        "picture", "pictures", "please",  "read",  "recommended", "register",  "related",    "reporting",
        "scroll",  "see",      "share",   "sign",  "skip",        "subscribe", "tags",       "the",
        "this",    "topics",   "video",   "visit", "watch",       "we",        "writing"};
    return CB_WORD_IN(words, cb_token_text(r, i), cb_token_len(r, i));
}

/* One line a row, one token a column; a row without a fifth word ends with NULL. */
static const char *const lines[][COLUMNS] = {
    {"all", "rights", "reserved"},
    {"also", "read|see|watch", ":|–|—|-|on"},
    {"click|download", "here|below|this|our"},
    {"click", "on|through", "the|this|our|here"},
    {"contact|email|follow|join|like|visit|find", "us|me|him|her|them", "on|at|by|via|here|for|@"},
    {"contact", "the", "author|authors|editor|editors|reporter|writer"},
    {"copyright", "©|(|by"},
    {"editing|reporting|writing", "by"},
    {"file", "photo|image|picture|pic", ":|by|of"},
    {"get", "our|the", "newsletter|newsletters|app|latest", "in|news|delivered|to|from|straight|for"},
    {"image|photo|photograph|photos|picture|pictures|images|video", "by|credit|courtesy|copyright|caption|:"},
    {"learn|find", "more", "about|at|here|on|:"},
    {"find", "out", "more"},
    {"please", "click|contact|email|enable|follow|log|register|share|sign|subscribe"},
    {"read", "more|next|also", ":|–|—|-|at|about|from|here|on|in"},
    {"read", "the|our", "full|original|whole", "article|story|report|piece|interview|here"},
    {"caption|credit|graphic|listen|read|recommended|related|see|tags|topics|watch", ":"},
    {"see", "also", ":|–|—|-"},
    {"related", "articles|content|links|news|stories|story|topics"},
    {"register|subscribe", "here|now|today|to|:"},
    {"scroll", "down|up"},
    {"share", "this|on", "article|story|post|page|facebook|twitter|whatsapp|linkedin"},
    {"sign", "up", "for|to|here|now|today"},
    {"skip", "to|past"},
    {"the|this", "article|story|post|page", "has", "been", "amended|corrected|edited|updated"},
    {"this", "article|story|post|page", "is|was", "first|originally|amended|corrected|updated|republished"},
    {"this", "article|story|post|page", "first|originally", "appeared|ran|published"},
    {"this", "site|website|page", "uses|requires", "cookies|javascript"},
    {"we", "use", "cookies"},
};

static bool is_line(const struct cb_reading *r, struct cb_token_range range, const char *const *line)
{
    for (uint32_t k = 0; k < COLUMNS && line[k] != NULL; k++) {
        if (range.start + k >= range.end || !cb_token_is_one(r, range.start + k, line[k]))
            return false;
    }
    return true;
}

/* "follow @annlee" */
static bool follows_handle(const struct cb_reading *r, struct cb_token_range range)
{
    for (uint32_t i = range.start + 1; i < range.end && i < range.start + 6; i++) {
        if (r->tokens[i].kind == CB_TOKEN_URL && r->text[r->tokens[i].span.start] == '@')
            return cb_token_is(r, range.start, "follow");
    }
    return false;
}

/* "…, it is understood": who tells it leaves open how he knows. */
static bool is_bare_frame(const struct cb_reading *r, struct cb_token_range range)
{
    return range.end - range.start == FRAME_TOKENS && cb_token_is(r, range.start, "it") &&
           cb_token_is_one(r, range.start + 1, "is|was|'s|’s") &&
           cb_token_is_one(r, range.start + 2,
                           "alleged|assumed|believed|claimed|expected|feared|hoped|reported|rumoured|rumored|"
                           "said|suspected|thought|understood");
}

bool cb_is_furniture(const struct cb_reading *r, struct cb_token_range range)
{
    for (unsigned marks = 0; marks < MARKS_MAX && range.start < range.end; marks++) {
        if (cb_token_is_word(r, range.start))
            break;
        if (cb_token_is_char(r, range.start, '"') || cb_token_is_quote(r, range.start))
            return false;
        if (cb_token_is_one(r, range.start, "©"))
            return true;
        range.start++;
    }
    if (range.start >= range.end)
        return false;
    if (is_bare_frame(r, range))
        return true;
    if (!can_begin(r, range.start))
        return false;
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        if (is_line(r, range, lines[k]))
            return true;
    }
    return follows_handle(r, range);
}
