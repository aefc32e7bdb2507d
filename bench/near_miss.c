/* How often a small difference is overlooked, and one quantity in other words is not known again.
 *
 * usage: near_miss [--print | --errors]
 *
 * Makes pairs of sentences that differ in one number, name, "not", opposite, unit, role or date (near misses:
 * never "agrees"), and pairs that differ only in how a quantity is written (paraphrases: always "agrees").
 * --print writes the pairs as TSV (a, b, label, kind) for `claimbase compare --pairs` and other programs. */
#include "bench/near_miss_pairs.h"
#include "match/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1024, PARAPHRASE = NEAR_MISS_KINDS, TALLIES };

enum mode { MEASURE, PRINT, ERRORS };

struct bench {
    struct cb_matcher *matcher;
    enum mode mode;
    size_t pairs[TALLIES], agrees[TALLIES], contradicts[TALLIES];
};

static const char *const kind_names[TALLIES] = {
    [NEAR_MISS_NUMBER] = "number",     [NEAR_MISS_NAME] = "name",   [NEAR_MISS_NEGATION] = "negation",
    [NEAR_MISS_OPPOSITE] = "opposite", [NEAR_MISS_UNIT] = "unit",   [NEAR_MISS_ROLES] = "roles",
    [NEAR_MISS_DATE] = "date",         [PARAPHRASE] = "paraphrase",
};

static const char *const names[] = {"Tampere", "Cordoba", "Bratislava", "Hansen", "Osaka", "Mwangi"};

static void take_pair(struct bench *bench, int kind, const char *a, const char *b)
{
    struct cb_comparison c;
    struct cb_err err;
    if (bench->mode == PRINT) {
        (void)printf("%s\t%s\t%s\t%s\n", a, b, kind == PARAPHRASE ? "agrees" : "differs", kind_names[kind]);
        return;
    }
    if (cb_compare(bench->matcher, a, strlen(a), b, strlen(b), &c, &err) != CB_OK) {
        (void)fprintf(stderr, "near_miss: %s\n", err.message);
        exit(1);
    }
    bench->pairs[kind]++;
    bench->agrees[kind] += c.relation == CB_AGREES;
    bench->contradicts[kind] += c.relation == CB_CONTRADICTS;
    if (bench->mode == ERRORS && (c.relation == CB_AGREES) != (kind == PARAPHRASE))
        (void)printf("%s: %s %.2f\n  %s\n  %s\n", kind_names[kind], cb_match_relation_name(c.relation),
                     c.agreement, a, b);
}

/* `text` with `from`, which occurs once in it, replaced. */
static void replace(const char *text, const char *from, const char *to, char out[TEXT_SIZE])
{
    const char *at = strstr(text, from);
    if (at == NULL ||
        snprintf(out, TEXT_SIZE, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) >= TEXT_SIZE) {
        (void)fprintf(stderr, "near_miss: '%s' is not in '%s'\n", from, text);
        exit(1);
    }
}

/* The number in its own style, with and without commas and a decimal. */
static void write_number(double value, const char *like, char out[64])
{
    long whole = (long)(value + 0.5);
    if (strchr(like, '.') != NULL)
        (void)snprintf(out, 64, "%.1f", value);
    else if (strchr(like, ',') != NULL && whole >= 1000)
        (void)snprintf(out, 64, "%ld,%03ld", whole / 1000, whole % 1000);
    else
        (void)snprintf(out, 64, "%ld", whole);
}

static void change_number(struct bench *bench, const struct near_miss_sentence *s)
{
    static const double factors[] = {0.5, 0.6, 1.5, 2, 3, 10};
    char plain[64] = "", number[64], changed[TEXT_SIZE];
    for (const char *c = s->number; *c != '\0'; c++) {
        if (*c != ',')
            (void)snprintf(plain + strlen(plain), sizeof plain - strlen(plain), "%c", *c);
    }
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        write_number(strtod(plain, NULL) * factors[i], s->number, number);
        replace(s->text, s->number, number, changed);
        if (strcmp(changed, s->text) != 0)
            take_pair(bench, NEAR_MISS_NUMBER, s->text, changed);
    }
}

static void change_sentence(struct bench *bench, const struct near_miss_sentence *s)
{
    char changed[TEXT_SIZE];
    if (s->number != NULL)
        change_number(bench, s);
    for (size_t i = 0; s->name != NULL && i < sizeof names / sizeof *names; i++) {
        replace(s->text, s->name, names[i], changed);
        take_pair(bench, NEAR_MISS_NAME, s->text, changed);
    }
    for (size_t i = 0; i < EDITS_MAX && s->edits[i].from != NULL; i++) {
        replace(s->text, s->edits[i].from, s->edits[i].to, changed);
        take_pair(bench, (int)s->edits[i].kind, s->text, changed);
    }
}

static void write_quantities(struct bench *bench, const struct quantity_frame *frame)
{
    for (const struct quantity_forms *q = quantity_forms; q->kind >= 0; q++) {
        for (size_t i = 0; q->kind == frame->kind && q->forms[i] != NULL; i++) {
            for (size_t j = i + 1; q->forms[j] != NULL; j++) {
                char a[TEXT_SIZE], b[TEXT_SIZE];
                replace(frame->text, "#", q->forms[i], a);
                replace(frame->text, "#", q->forms[j], b);
                take_pair(bench, PARAPHRASE, a, b);
            }
        }
    }
}

static void print_figures(const struct bench *bench)
{
    size_t pairs = 0, agrees = 0;
    (void)printf("kind         pairs  agrees  contradicts\n");
    for (int kind = 0; kind < TALLIES; kind++) {
        (void)printf("%-11s  %5zu  %5.1f%%  %10.1f%%\n", kind_names[kind], bench->pairs[kind],
                     100.0 * (double)bench->agrees[kind] / (double)bench->pairs[kind],
                     100.0 * (double)bench->contradicts[kind] / (double)bench->pairs[kind]);
        pairs += kind == PARAPHRASE ? 0 : bench->pairs[kind];
        agrees += kind == PARAPHRASE ? 0 : bench->agrees[kind];
    }
    (void)printf("near misses called \"agrees\": %.2f%% of %zu\n", 100.0 * (double)agrees / (double)pairs,
                 pairs);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct cb_err err;
    if (argc == 2 && strcmp(argv[1], "--print") == 0)
        bench.mode = PRINT;
    else if (argc == 2 && strcmp(argv[1], "--errors") == 0)
        bench.mode = ERRORS;
    else if (argc != 1) {
        (void)fputs("usage: near_miss [--print | --errors]\n", stderr);
        return 2;
    }
    if (cb_matcher_new(&bench.matcher, &err) != CB_OK) {
        (void)fprintf(stderr, "near_miss: %s\n", err.message);
        return 1;
    }
    for (const struct near_miss_sentence *s = near_miss_sentences; s->text != NULL; s++)
        change_sentence(&bench, s);
    for (const struct quantity_frame *frame = quantity_frames; frame->text != NULL; frame++)
        write_quantities(&bench, frame);
    if (bench.mode != PRINT)
        print_figures(&bench);
    cb_matcher_free(bench.matcher);
    return 0;
}
