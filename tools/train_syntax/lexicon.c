/* The lexicon from the files of WordNet (man page wndb): index.* have the words, data.noun how they are
 * written,
 * *.exc the irregular forms. */
#include "text/syntax_lexicon.h"
#include "text/syntax_words.h"
#include "train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 1 << 17, LINE_BYTES = 1 << 16 };

static void add(uint32_t *places, const char *word, size_t len, unsigned classes)
{
    struct cb_token token = {.span = {0, (uint32_t)len}, .kind = CB_TOKEN_WORD};
    uint32_t key = cb_word_key(word, &token);
    size_t at = cb_lexicon_find(places, PLACES - 1, key);
    places[at] |= (key & 0xFFFFFF00u) | classes;
}

/* A line begins with a word and a blank; words of several parts have underscores. */
static void read_words(FILE *file, char *line, unsigned classes, uint32_t *places)
{
    while (fgets(line, LINE_BYTES, file) != NULL) {
        size_t len = strcspn(line, " \n");
        if (len > 1 && memchr(line, '_', len) == NULL)
            add(places, line, len, classes);
    }
}

/* offset, file, type, number of words in hexadecimal, then each word and its sense */
static void read_nouns(FILE *file, char *line, uint32_t *places)
{
    while (fgets(line, LINE_BYTES, file) != NULL) {
        int at = 0, used;
        unsigned words;
        if (line[0] == ' ' || sscanf(line, "%*s %*s %*s %x%n", &words, &at) != 1)
            continue;
        for (unsigned i = 0; i < words; i++) {
            char word[256];
            if (sscanf(line + at, " %255s %*s%n", word, &used) != 1)
                break;
            at += used;
            if (word[0] != '\0' && word[1] != '\0' && strchr(word, '_') == NULL)
                add(places, word, strlen(word),
                    word[0] >= 'A' && word[0] <= 'Z' ? CB_CLASS_NAME : CB_CLASS_NOUN);
        }
    }
}

enum cb_code lexicon_make(const char *folder, uint32_t **out, uint32_t *mask, struct cb_err *err)
{
    static const struct {
        const char *name;
        unsigned classes;
    } files[] = {{"data.noun", 0},
                 {"index.verb", CB_CLASS_VERB},
                 {"index.adj", CB_CLASS_ADJECTIVE},
                 {"index.adv", CB_CLASS_ADVERB},
                 {"noun.exc", CB_CLASS_NOUN | CB_CLASS_IRREGULAR},
                 {"verb.exc", CB_CLASS_VERB | CB_CLASS_IRREGULAR},
                 {"adj.exc", CB_CLASS_ADJECTIVE | CB_CLASS_IRREGULAR}};
    enum cb_code code = CB_OK;
    char *line = malloc(LINE_BYTES);
    uint32_t *places = calloc(PLACES, sizeof *places);
    if (line == NULL || places == NULL)
        code = cb_no_memory(err);
    for (size_t i = 0; code == CB_OK && i < sizeof files / sizeof *files; i++) {
        snprintf(line, LINE_BYTES, "%s/%s", folder, files[i].name);
        FILE *file = fopen(line, "r");
        if (file == NULL) {
            code = cb_fail(err, CB_INPUT, "can't open '%s'", line);
            break;
        }
        if (files[i].classes == 0)
            read_nouns(file, line, places);
        else
            read_words(file, line, files[i].classes, places);
        fclose(file);
    }
    free(line);
    if (code != CB_OK)
        free(places);
    else
        *out = places;
    *mask = PLACES - 1;
    return code;
}
