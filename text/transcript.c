#include "text/transcript.h"

#include "text/role_words.h"
#include "text/word_list.h"

#include <string.h>

enum { LABEL_BYTES_MAX = 64, LABEL_WORDS_MAX = 5, VOICES_MAX = 64, FOLLOWING_MAX = 8 /* paragraphs */ };
enum word_class { WORD_NONE, WORD_REFUSED, WORD_PLAIN, WORD_KNOWN, WORD_ASKS, WORD_ANSWERS };

/* A label in the text while it is decided whether it is one. */
struct voice {
    struct cb_span label;
    size_t uses;
    bool known, asks, answers, taken;
};

struct candidate {
    struct cb_turn turn;
    size_t voice;
};

struct search {
    const char *text;
    const struct cb_sentence *sentences;
    size_t count;
    struct candidate *items;
    size_t item_count;
    struct voice voices[VOICES_MAX];
    size_t voice_count;
};

static bool is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

/* Words that stand before a colon and introduce something, but nobody's speech. */
static bool is_introduction(const char *word, size_t len)
{
    static const char *const words[] = {
        "about",      "address",   "advice",      "also",       "analysis",   "attention", "author",
        "background", "breaking",  "byline",      "caption",    "category",   "caution",   "claim",
        "click",      "comment",   "comments",    "conclusion", "contact",    "copyright", "correction",
        "credit",     "date",      "details",     "disclaimer", "disclosure", "editing",   "email",
        "example",    "exclusive", "explainer",   "fact",       "facts",      "fax",       "figure",
        "file",       "follow",    "graphic",     "headline",   "image",      "images",    "important",
        "info",       "keywords",  "latest",      "link",       "listen",     "live",      "location",
        "more",       "myth",      "news",        "note",       "notes",      "opinion",   "phone",
        "photo",      "photos",    "picture",     "pictures",   "place",      "published", "rating",
        "read",       "reality",   "recommended", "reference",  "references", "related",   "report",
        "result",     "results",   "review",      "rule",       "score",      "section",   "see",
        "share",      "source",    "sources",     "step",       "story",      "subject",   "summary",
        "tag",        "tags",      "tel",         "telephone",  "time",       "tip",       "title",
        "topic",      "topics",    "truth",       "update",     "updated",    "venue",     "verdict",
        "via",        "video",     "view",        "warning",    "watch",      "website"};
    return CB_WORD_IN(words, word, len);
}

static bool is_joint(const char *word, size_t len)
{
    static const char *const words[] = {"al",  "bin", "da", "de", "del", "der", "di", "du",
                                        "ibn", "la",  "le", "of", "the", "van", "von"};
    return CB_WORD_IN(words, word, len);
}

static enum word_class class_of(const char *word, size_t len)
{
    static const char *const hosts[] = {"anchor", "caller", "chair",     "host",     "interviewer",
                                        "mc",     "mod",    "moderator", "narrator", "presenter"};
    bool plural = false;
    enum cb_gender gender;
    if (!is_letter((unsigned char)word[0]))
        return WORD_NONE;
    for (size_t i = 0; i < len; i++) {
        if (!is_letter((unsigned char)word[i]) && strchr(".-'", word[i]) == NULL)
            return WORD_NONE;
    }
    if (word[0] >= 'a' && word[0] <= 'z')
        return is_joint(word, len) ? WORD_PLAIN : WORD_NONE;
    if (CB_WORD_IN(((const char *const[]){"q", "question"}), word, len))
        return WORD_ASKS;
    if (CB_WORD_IN(((const char *const[]){"a", "answer"}), word, len))
        return WORD_ANSWERS;
    if (is_introduction(word, len) || cb_is_place(word, len) || cb_is_calendar_word(word, len) ||
        cb_is_function_word(word, len))
        return WORD_REFUSED;
    bool role = cb_role_word_find(word, len, &plural) != NULL && !plural;
    bool known = role || cb_is_given_name(word, len) || cb_is_courtesy_title(word, len, &gender) ||
                 CB_WORD_IN(hosts, word, len);
    return known ? WORD_KNOWN : WORD_PLAIN;
}

/* The label at the span's beginning, into *voice. */
static bool read_label(const char *text, struct cb_span span, struct voice *voice)
{
    size_t size = span.end - span.start < LABEL_BYTES_MAX ? span.end - span.start : LABEL_BYTES_MAX;
    const char *from = text + span.start, *colon = memchr(from, ':', size);
    unsigned words = 0;
    enum word_class last = WORD_NONE;
    *voice = (struct voice){.uses = 1};
    if (colon == NULL || colon + 1 >= text + span.end || colon[1] != ' ')
        return false;
    for (const char *word = from; word < colon; words++) {
        const char *blank = memchr(word, ' ', (size_t)(colon - word));
        const char *end = blank != NULL ? blank : colon;
        last = end > word ? class_of(word, (size_t)(end - word)) : WORD_NONE;
        if (last == WORD_NONE || last == WORD_REFUSED || words == LABEL_WORDS_MAX)
            return false;
        voice->known |= last == WORD_KNOWN;
        word = end < colon ? end + 1 : colon;
    }
    voice->asks = words == 1 && last == WORD_ASKS;
    voice->answers = words == 1 && last == WORD_ANSWERS;
    voice->label = (struct cb_span){span.start, span.start + (uint32_t)(colon - from)};
    return words > 0;
}

/* Speech has sentences: the paragraph that begins with sentence `first` ends with the mark of one. */
static bool ends_as_speech(const struct search *s, size_t first)
{
    size_t last = first;
    while (last + 1 < s->count && s->sentences[last + 1].paragraph == s->sentences[first].paragraph)
        last++;
    const char *from = s->text + s->sentences[first].span.start;
    const char *end = s->text + s->sentences[last].span.end;
    while (end > from && (strchr("\"')]", end[-1]) != NULL || (unsigned char)end[-1] >= 0x80))
        end--; /* closing quotes, also curly ones */
    return end > from && strchr(".?!-", end[-1]) != NULL;
}

static bool same_words(const char *text, struct cb_span a, struct cb_span b)
{
    size_t len = a.end - a.start;
    return len == b.end - b.start && memcmp(text + a.start, text + b.start, len) == 0;
}

static void add_candidate(struct search *s, size_t sentence, const struct voice *voice)
{
    size_t v = 0;
    while (v < s->voice_count && !same_words(s->text, s->voices[v].label, voice->label))
        v++;
    if (v == VOICES_MAX)
        return;
    if (v < s->voice_count)
        s->voices[v].uses++;
    else
        s->voices[s->voice_count++] = *voice;
    s->items[s->item_count++] =
        (struct candidate){.turn = {.label = voice->label,
                                    .content = {voice->label.end + 1, s->sentences[sentence].span.end},
                                    .first = (uint32_t)sentence,
                                    .named = !voice->asks && !voice->answers},
                           .voice = v};
}

static bool begins_paragraph(const struct search *s, size_t i)
{
    return i == 0 || s->sentences[i].paragraph != s->sentences[i - 1].paragraph;
}

/* Which labels are voices, and how many are. */
static size_t take_voices(struct search *s)
{
    bool asks = false, answers = false;
    size_t taken = 0;
    for (size_t v = 0; v < s->voice_count; v++) {
        asks |= s->voices[v].asks;
        answers |= s->voices[v].answers;
    }
    for (size_t v = 0; v < s->voice_count; v++) {
        struct voice *voice = &s->voices[v];
        if (voice->answers)
            voice->taken = asks;
        else if (voice->asks)
            voice->taken = answers || voice->uses > 1;
        else
            voice->taken = voice->known || voice->uses > 1;
        taken += voice->taken;
    }
    return taken;
}

/* The sentence behind the turn that begins in `first`; `limit` is where the next one begins, or the text's
 * end when there is none: then only the paragraph itself belongs to it. */
static size_t turn_end(const struct search *s, size_t first, size_t limit)
{
    uint32_t paragraph = s->sentences[first].paragraph;
    uint32_t last = limit < s->count ? paragraph + FOLLOWING_MAX : paragraph;
    size_t end = first + 1;
    while (end < limit && s->sentences[end].paragraph <= last &&
           (s->sentences[end].paragraph == paragraph || s->sentences[end].kind != CB_SENTENCE_HEADING))
        end++;
    return end;
}

enum cb_code cb_transcript_find(const char *text, const struct cb_sentence *sentences, size_t count,
                                struct cb_arena *arena, struct cb_turn **out, size_t *turn_count,
                                struct cb_err *err)
{
    struct search s = {.text = text, .sentences = sentences, .count = count};
    struct voice voice;
    size_t labels = 0, kept = 0;
    *out = NULL;
    *turn_count = 0;
    for (size_t i = 0; i < count; i++)
        labels += begins_paragraph(&s, i) && read_label(text, sentences[i].span, &voice);
    if (labels < 2)
        return CB_OK;
    s.items = cb_arena_array(arena, labels, sizeof *s.items);
    struct cb_turn *turns = cb_arena_array(arena, labels, sizeof *turns);
    if (s.items == NULL || turns == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (begins_paragraph(&s, i) && sentences[i].kind != CB_SENTENCE_LIST_ITEM &&
            read_label(text, sentences[i].span, &voice) && ends_as_speech(&s, i))
            add_candidate(&s, i, &voice);
    }
    if (take_voices(&s) < 2)
        return CB_OK;
    for (size_t i = 0; i < s.item_count; i++) {
        if (s.voices[s.items[i].voice].taken)
            turns[kept++] = s.items[i].turn;
    }
    for (size_t i = 0; i < kept; i++) {
        size_t end = turn_end(&s, turns[i].first, i + 1 < kept ? turns[i + 1].first : count);
        turns[i].end = (uint32_t)end;
        turns[i].content.end = sentences[end - 1].span.end;
    }
    *out = turns;
    *turn_count = kept;
    return CB_OK;
}
