/* Build step: turns the word lists of match/data into C tables (match/tables.h).
 * usage: match_tables DATA_FOLDER OUTPUT.c
 * Words are stemmed here with the same stemmer that the program uses, so that the lists stay readable. */
#include "match/tables.h"

#include <errno.h>
#include <libstemmer.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TERM_PLACES = 1 << 17,
    IRREGULAR_PLACES = 1 << 12,
    PAIRS_MAX = 8192,
    CONCEPTS_MAX = 24, /* of one stem, of each sort */
    LINE_SIZE = 8192,
    STEM_SIZE = 96,
};

/* Hundredths in a million. */
#define RATE_MIN 373

struct term {
    char stem[STEM_SIZE];
    double rate;
    uint32_t own[CONCEPTS_MAX], kin[CONCEPTS_MAX];
    unsigned own_count, kin_count;
    bool opposed;
};

struct tables {
    struct sb_stemmer *stemmer;
    struct term **places;
    char (*forms)[STEM_SIZE], (*lemmas)[STEM_SIZE]; /* of irregular forms, by place */
    int32_t pairs[PAIRS_MAX];
    size_t pair_count, term_count, irregular_count;
    double total;
};

static void die(const char *what, const char *name)
{
    (void)fprintf(stderr, "match_tables: %s '%s'%s%s\n", what, name, errno ? ": " : "",
                  errno ? strerror(errno) : "");
    exit(1);
}

static const char *stem_of(const struct tables *t, const char *word, char out[STEM_SIZE])
{
    const sb_symbol *stem = sb_stemmer_stem(t->stemmer, (const sb_symbol *)word, (int)strlen(word));
    if (stem == NULL || strlen((const char *)stem) >= STEM_SIZE)
        die("can't stem", word);
    (void)snprintf(out, STEM_SIZE, "%s", (const char *)stem);
    return out;
}

static struct term *term_of(struct tables *t, const char *word)
{
    char stem[STEM_SIZE];
    int32_t key;
    (void)stem_of(t, word, stem);
    key = cb_hash32(stem, strlen(stem));
    for (uint32_t at = cb_table_place(key);; at++) {
        struct term **place = &t->places[at & (TERM_PLACES - 1)];
        if (*place == NULL) {
            if (++t->term_count > TERM_PLACES / 4 * 3)
                die("too many words at", word);
            *place = calloc(1, sizeof **place);
            if (*place == NULL)
                die("no memory for", word);
            memcpy((*place)->stem, stem, STEM_SIZE);
            return *place;
        }
        if (strcmp((*place)->stem, stem) == 0)
            return *place;
        if (cb_hash32((*place)->stem, strlen((*place)->stem)) == key)
            die("two stems have one hash:", stem);
    }
}

/* Keeps the array ascending, and of one concept the better (lower) rank. */
static void put_concept(uint32_t *concepts, unsigned *count, uint32_t concept)
{
    unsigned at = 0;
    while (at < *count && concepts[at] >> 2 < concept >> 2)
        at++;
    if (at < *count && concepts[at] >> 2 == concept >> 2) {
        concepts[at] = concepts[at] < concept ? concepts[at] : concept;
    } else if (*count < CONCEPTS_MAX) {
        memmove(concepts + at + 1, concepts + at, (*count - at) * sizeof *concepts);
        concepts[at] = concept;
        ++*count;
    }
}

static void put_concepts(const char *text, const char *letters, uint32_t *concepts, unsigned *count)
{
    for (const char *at = text; *at != '\0';) {
        char *end;
        unsigned long number = strtoul(at, &end, 10);
        const char *letter = end == at || *end == '\0' ? NULL : strchr(letters, *end);
        if (letter == NULL || number > UINT32_MAX / 4)
            die("the thesaurus has a damaged entry:", at);
        put_concept(concepts, count, (uint32_t)number * 4 + (uint32_t)(letter - letters));
        at = end[1] == ' ' ? end + 2 : end + 1;
    }
}

static void read_count(struct tables *t, char **fields)
{
    double rate = strtod(fields[1], NULL);
    if (!(rate > 0))
        die("no count of", fields[0]);
    term_of(t, fields[0])->rate += rate;
    t->total += rate;
}

static void read_thesaurus(struct tables *t, char **fields)
{
    struct term *term = term_of(t, fields[0]);
    put_concepts(fields[1], "abc", term->own, &term->own_count);
    put_concepts(fields[2], "dhsg", term->kin, &term->kin_count);
}

static void read_irregular(struct tables *t, char **fields)
{
    int32_t key = cb_hash32(fields[0], strlen(fields[0]));
    if (++t->irregular_count > IRREGULAR_PLACES / 2)
        die("too many irregular forms at", fields[0]);
    for (uint32_t at = cb_table_place(key);; at++) {
        uint32_t place = at & (IRREGULAR_PLACES - 1);
        if (t->forms[place][0] == '\0') {
            if (snprintf(t->forms[place], STEM_SIZE, "%s", fields[0]) >= STEM_SIZE)
                die("too long:", fields[0]);
            (void)stem_of(t, fields[1], t->lemmas[place]);
            return;
        }
    }
}

static void read_antonym(struct tables *t, char **fields)
{
    char a[STEM_SIZE], b[STEM_SIZE];
    (void)stem_of(t, fields[0], a);
    (void)stem_of(t, fields[1], b);
    term_of(t, fields[0])->opposed = term_of(t, fields[1])->opposed = true;
    if (t->pair_count == PAIRS_MAX)
        die("too many antonyms at", fields[0]);
    if (strcmp(a, b) != 0)
        t->pairs[t->pair_count++] = cb_pair_hash(cb_hash32(a, strlen(a)), cb_hash32(b, strlen(b)));
}

static void path_of(char out[LINE_SIZE], const char *folder, const char *name)
{
    if (snprintf(out, LINE_SIZE, "%s/%s", folder, name) >= LINE_SIZE)
        die("too long a path:", folder);
}

static void each_line(struct tables *t, const char *folder, const char *name, size_t fields_wanted,
                      void (*read)(struct tables *, char **))
{
    char path[LINE_SIZE], line[LINE_SIZE], *fields[3];
    path_of(path, folder, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        die("can't open", path);
    while (fgets(line, sizeof line, file) != NULL) {
        char *at = line, *end = strchr(line, '\n');
        if (end == NULL)
            die("too long a line in", path);
        *end = '\0';
        for (size_t i = 0; i < fields_wanted; i++) {
            if (at == NULL)
                die("too few columns:", line);
            fields[i] = at;
            at = strchr(at, '\t');
            if (at != NULL)
                *at++ = '\0';
        }
        read(t, fields);
    }
    if (ferror(file) || fclose(file) != 0)
        die("can't read", path);
}

static void write_terms(const struct tables *t, FILE *out)
{
    size_t at = 0;
    (void)fprintf(out, "const uint32_t cb_concepts[] = {\n");
    for (size_t i = 0; i < TERM_PLACES; i++) {
        const struct term *term = t->places[i];
        if (term == NULL)
            continue;
        for (unsigned j = 0; j < term->own_count; j++)
            (void)fprintf(out, "%uU,", term->own[j]);
        for (unsigned j = 0; j < term->kin_count; j++)
            (void)fprintf(out, "%uU,", term->kin[j]);
        if (term->own_count + term->kin_count > 0)
            (void)fputc('\n', out);
    }
    (void)fprintf(
        out, "0U};\nconst uint32_t cb_term_mask = %d;\nconst struct cb_term_entry cb_term_places[] = {\n",
        TERM_PLACES - 1);
    for (size_t i = 0; i < TERM_PLACES; i++) {
        const struct term *term = t->places[i];
        if (term == NULL) {
            (void)fprintf(out, "{0},\n");
            continue;
        }
        /* rarer words weigh no more: counts as small as these say little */
        double weight = -log((term->rate > RATE_MIN ? term->rate : RATE_MIN) / t->total) * 100;
        (void)fprintf(out, "{%d,%zuU,%d,%u,%u,%d},\n", cb_hash32(term->stem, strlen(term->stem)), at,
                      (int)lround(weight), term->own_count, term->kin_count, term->opposed);
        at += term->own_count + term->kin_count;
    }
    (void)fprintf(out, "};\n");
}

static int by_value(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void write_pairs(struct tables *t, FILE *out)
{
    qsort(t->pairs, t->pair_count, sizeof *t->pairs, by_value);
    (void)fprintf(out, "const size_t cb_antonym_pair_count = %zu;\nconst int32_t cb_antonym_pairs[] = {\n",
                  t->pair_count);
    for (size_t i = 0; i < t->pair_count; i++)
        (void)fprintf(out, "%d,\n", t->pairs[i]);
    (void)fprintf(out, "0};\nconst uint32_t cb_irregular_mask = %d;\n", IRREGULAR_PLACES - 1);
    (void)fprintf(out, "const struct cb_irregular cb_irregular_places[] = {\n");
    for (size_t i = 0; i < IRREGULAR_PLACES; i++) {
        if (t->forms[i][0] == '\0')
            (void)fprintf(out, "{0},\n");
        else
            (void)fprintf(out, "{%d,\"%s\"},\n", cb_hash32(t->forms[i], strlen(t->forms[i])), t->lemmas[i]);
    }
    (void)fprintf(out, "};\n");
}

/* As numbers: a string literal over 4095 bytes is not portable C. */
static void write_text(const char *folder, const char *name, const char *symbol, FILE *out)
{
    char path[LINE_SIZE];
    int c;
    path_of(path, folder, name);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        die("can't open", path);
    (void)fprintf(out, "const char %s[] = {\n", symbol);
    while ((c = fgetc(file)) != EOF)
        (void)fprintf(out, c < 128 ? "%d,%s" : "(char)%d,%s", c, c == '\n' ? "\n" : "");
    (void)fprintf(out, "0};\n");
    if (ferror(file) || fclose(file) != 0)
        die("can't read", path);
}

int main(int argc, char **argv)
{
    static struct tables t;
    if (argc != 3)
        die("usage: match_tables DATA_FOLDER OUTPUT.c, not", argv[0]);
    t.stemmer = sb_stemmer_new("english", "UTF_8");
    t.places = calloc(TERM_PLACES, sizeof(struct term *));
    t.forms = calloc(IRREGULAR_PLACES, STEM_SIZE);
    t.lemmas = calloc(IRREGULAR_PLACES, STEM_SIZE);
    if (t.stemmer == NULL || t.places == NULL || t.forms == NULL || t.lemmas == NULL)
        die("no memory for", "the tables");
    errno = 0;
    each_line(&t, argv[1], "word_counts.tsv", 2, read_count);
    each_line(&t, argv[1], "thesaurus.tsv", 3, read_thesaurus);
    each_line(&t, argv[1], "irregular.tsv", 2, read_irregular);
    each_line(&t, argv[1], "antonyms.tsv", 2, read_antonym);
    FILE *out = fopen(argv[2], "w");
    if (out == NULL)
        die("can't write", argv[2]);
    (void)fprintf(out,
                  "/* generated by tools/match_tables from match/data */\n#include \"match/tables.h\"\n");
    write_terms(&t, out);
    write_pairs(&t, out);
    write_text(argv[1], "weights.tsv", "cb_weights_text", out);
    write_text(argv[1], "aliases.tsv", "cb_aliases_text", out);
    if (ferror(out) || fclose(out) != 0)
        die("can't write", argv[2]);
    for (size_t i = 0; i < TERM_PLACES; i++)
        free(t.places[i]);
    free(t.places);
    free(t.forms);
    free(t.lemmas);
    sb_stemmer_delete(t.stemmer);
    return 0;
}
