/* How many of the pairs that comparing everything with everything finds have enough words in common to be
 * candidates of matching?
 *
 *     match_recall CLAIMS.csv [EVERY]        a file of generate_claims
 *
 * With EVERY only each EVERY-th claim is compared with all others: the time of an exhaustive run grows with
 * the square.
 *
 * Prints, for each least overlap (match/document_pair.h: CB_CANDIDATE_DICE), the share of the agreeing and
 * contradicting pairs that stay, and the share of all pairs that have to be compared. */
#include "match/document_pair.h"
#include "match/features.h"
#include "match/workers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CLAIMS_MAX = 20000, LINE_MAX_BYTES = 4096, STEPS = 20, WORKERS_MAX = 8 };
#define ARENA_MAX ((size_t)1024 * 1024 * 1024)

/* Counts by overlap, in steps of .05: of all pairs, of those that agree, of those that contradict. */
struct counts {
    long all[STEPS + 1], agrees[STEPS + 1], contradicts[STEPS + 1];
};

struct recall {
    const struct cb_matcher *matcher;
    struct cb_pair_claim claims[CLAIMS_MAX];
    size_t count, every;
    struct cb_arena scratch[WORKERS_MAX];
    struct counts counts[WORKERS_MAX];
};

static enum cb_code compare_row(void *context, size_t worker, size_t row, struct cb_err *err)
{
    struct recall *r = context;
    size_t a = row * r->every;
    struct counts *counts = &r->counts[worker];
    enum cb_code code = CB_OK;
    for (size_t b = 0; b < r->count && code == CB_OK; b++) {
        if (b == a || (b < a && b % r->every == 0)) /* that row has the pair */
            continue;
        struct cb_pair_side x = {&r->claims[a], 1}, y = {&r->claims[b], 1};
        struct cb_pair_match pair = {0};
        double dice = cb_term_dice(x.claims[0].profile, y.claims[0].profile);
        size_t step = (size_t)(dice * STEPS);
        counts->all[step]++;
        code = cb_pair_compare(r->matcher, &x, &y, &pair, 1, &r->scratch[worker], err);
        if (code != CB_OK)
            break;
        cb_pair_decide(&x, &y, &pair, 1);
        bool kept = cb_match_is_kept(&pair.comparison);
        counts->agrees[step] += kept && pair.comparison.relation == CB_AGREES;
        counts->contradicts[step] += kept && pair.comparison.relation == CB_CONTRADICTS;
    }
    return code;
}

/* The second field, which generate_claims writes in quotation marks. */
static enum cb_code read_claims(struct recall *r, struct cb_matcher *matcher, FILE *in,
                                struct cb_arena *arena, struct cb_err *err)
{
    char line[LINE_MAX_BYTES];
    enum cb_code code = CB_OK;
    while (code == CB_OK && r->count < CLAIMS_MAX && fgets(line, sizeof line, in) != NULL) {
        char *from = strchr(line, '"'), *to = strrchr(line, '"');
        if (from == NULL || to == from)
            continue;
        size_t len = (size_t)(to - from) - 1;
        const char *text = cb_arena_copy(arena, from + 1, len);
        code = text == NULL
                   ? cb_no_memory(err)
                   : cb_profile_make(matcher, text, len, NULL, arena, &r->claims[r->count].profile, err);
        r->count++;
    }
    return code;
}

static void print_table(const struct recall *r)
{
    struct counts sum = {0};
    for (size_t w = 0; w < WORKERS_MAX; w++)
        for (size_t i = 0; i <= STEPS; i++) {
            sum.all[i] += r->counts[w].all[i];
            sum.agrees[i] += r->counts[w].agrees[i];
            sum.contradicts[i] += r->counts[w].contradicts[i];
        }
    struct counts above = {0};
    for (size_t i = STEPS + 1; i-- > 0;) {
        above.all[i] = sum.all[i] + (i < STEPS ? above.all[i + 1] : 0);
        above.agrees[i] = sum.agrees[i] + (i < STEPS ? above.agrees[i + 1] : 0);
        above.contradicts[i] = sum.contradicts[i] + (i < STEPS ? above.contradicts[i + 1] : 0);
    }
    (void)printf("%zu claims, %ld pairs agree, %ld contradict\noverlap  agrees  contradicts  compared\n",
                 r->count, above.agrees[0], above.contradicts[0]);
    for (size_t i = 0; i <= STEPS / 2; i++)
        (void)printf("  %.2f   %5.1f%%  %5.1f%%       %8.4f%%\n", (double)i / STEPS,
                     above.agrees[0] > 0 ? 100.0 * (double)above.agrees[i] / (double)above.agrees[0] : 100.0,
                     above.contradicts[0] > 0
                         ? 100.0 * (double)above.contradicts[i] / (double)above.contradicts[0]
                         : 100.0,
                     100.0 * (double)above.all[i] / (double)above.all[0]);
}

int main(int argc, char **argv)
{
    struct cb_err err = {0};
    struct cb_matcher *matcher = NULL;
    struct cb_arena arena;
    struct recall *r = calloc(1, sizeof *r);
    FILE *in = argc == 2 || argc == 3 ? fopen(argv[1], "r") : NULL;
    if (in == NULL || r == NULL) {
        (void)fprintf(stderr, "usage: match_recall CLAIMS.csv [EVERY]\n");
        return 2;
    }
    long every = argc == 3 ? strtol(argv[2], NULL, 10) : 1;
    r->every = every > 0 ? (size_t)every : 1;
    cb_arena_init(&arena, ARENA_MAX);
    enum cb_code code = cb_matcher_new(&matcher, &err);
    if (code == CB_OK)
        code = read_claims(r, matcher, in, &arena, &err);
    r->matcher = matcher;
    for (size_t w = 0; w < WORKERS_MAX; w++)
        cb_arena_init(&r->scratch[w], ARENA_MAX);
    if (code == CB_OK)
        code = cb_workers_run(cb_workers_count(WORKERS_MAX), (r->count + r->every - 1) / r->every,
                              compare_row, r, &err);
    if (code == CB_OK)
        print_table(r);
    else
        (void)fprintf(stderr, "match_recall: %s\n", err.message);
    for (size_t w = 0; w < WORKERS_MAX; w++)
        cb_arena_release(&r->scratch[w]);
    cb_matcher_free(matcher);
    cb_arena_release(&arena);
    (void)fclose(in);
    free(r);
    return code == CB_OK ? 0 : 1;
}
