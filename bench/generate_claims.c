/* Writes a CSV of claims for measuring: words drawn by their frequency in general text, invented names,
 * numbers.
 *
 *     generate_claims WORD_COUNTS.tsv COUNT [SEED] > claims.csv
 *
 * One claim in four is a variant of an earlier one: reworded, with another number, or negated. The same
 * arguments give the same file. The sentences mean nothing; how often words and pairs of words meet is what
 * counts. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS_MAX = 60000,
    WORD_SIZE = 32,
    NAMES = 20000,
    SOURCES = 50,
    TOKENS_MAX = 24,
    TOKENS_MIN = 8,
    MEMORY = 50000, /* earlier claims that a variant may come from */
};

struct word {
    char text[WORD_SIZE];
    uint64_t until; /* sum of the counts up to and with this word */
};

/* A token is a word, a name or a number. */
enum token_kind { TOKEN_WORD, TOKEN_NAME, TOKEN_NUMBER };
struct token {
    enum token_kind kind;
    uint32_t value;
};

struct claim {
    struct token tokens[TOKENS_MAX];
    size_t count;
};

struct generator {
    struct word *words;
    size_t word_count;
    struct claim *memory;
    size_t remembered;
    uint64_t state;
};

/* splitmix64 */
static uint64_t next(struct generator *g)
{
    uint64_t x = g->state += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint32_t below(struct generator *g, uint32_t limit)
{
    return (uint32_t)(next(g) % limit);
}

static bool read_words(struct generator *g, const char *path)
{
    FILE *in = fopen(path, "r");
    char line[256];
    uint64_t sum = 0;
    if (in == NULL)
        return false;
    g->words = calloc(WORDS_MAX, sizeof *g->words);
    while (g->words != NULL && g->word_count < WORDS_MAX && fgets(line, sizeof line, in) != NULL) {
        char *tab = strchr(line, '\t');
        if (tab == NULL || line[0] == '#' || tab - line >= WORD_SIZE)
            continue;
        *tab = '\0';
        sum += strtoull(tab + 1, NULL, 10);
        memcpy(g->words[g->word_count].text, line, (size_t)(tab - line) + 1);
        g->words[g->word_count++].until = sum;
    }
    (void)fclose(in);
    return g->word_count > 0 && sum > 0;
}

static uint32_t draw_word(struct generator *g)
{
    uint64_t at = next(g) % g->words[g->word_count - 1].until;
    size_t low = 0, high = g->word_count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (g->words[middle].until <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* Some names are in the news all the time: the square of an even draw. */
static uint32_t draw_name(struct generator *g)
{
    uint64_t x = below(g, NAMES);
    return (uint32_t)(x * x / NAMES);
}

static struct token draw_token(struct generator *g)
{
    uint32_t dice = below(g, 20);
    if (dice == 0)
        return (struct token){TOKEN_NUMBER, 2 + below(g, below(g, 2) == 0 ? 100 : 100000)};
    if (dice <= 2)
        return (struct token){TOKEN_NAME, draw_name(g)};
    return (struct token){TOKEN_WORD, draw_word(g)};
}

static void draw_claim(struct generator *g, struct claim *claim)
{
    claim->count = TOKENS_MIN + below(g, TOKENS_MAX - TOKENS_MIN - 2);
    for (size_t i = 0; i < claim->count; i++)
        claim->tokens[i] = draw_token(g);
}

/* Another number where there is one; else a few other words, one left out, two parts changed over. */
static void vary(struct generator *g, struct claim *claim, uint32_t how)
{
    for (size_t i = 0; how == 0 && i < claim->count; i++)
        if (claim->tokens[i].kind == TOKEN_NUMBER) {
            claim->tokens[i].value += 1 + below(g, 50);
            return;
        }
    for (size_t i = 0; i < claim->count; i++)
        if (below(g, 6) == 0)
            claim->tokens[i] = draw_token(g);
    size_t gone = below(g, (uint32_t)claim->count);
    memmove(&claim->tokens[gone], &claim->tokens[gone + 1],
            (claim->count - gone - 1) * sizeof *claim->tokens);
    claim->count--;
    struct claim copy = *claim;
    size_t turn = below(g, (uint32_t)claim->count);
    for (size_t i = 0; how == 2 && i < claim->count; i++)
        claim->tokens[i] = copy.tokens[(i + turn) % claim->count];
}

static void print_name(uint32_t name)
{
    static const char *const onsets[] = {"b", "d", "k", "l", "m", "n", "r", "s", "t", "v", "st", "br", "dr"};
    static const char *const rhymes[] = {"an", "el", "in", "or", "us", "ek", "ova", "ar", "ist", "ul"};
    uint64_t x = name + UINT64_C(7919) * name + 13;
    char text[32] = "";
    for (int i = 0; i < 3; i++) {
        (void)strncat(text, onsets[x % 13], sizeof text - strlen(text) - 1);
        (void)strncat(text, rhymes[x / 13 % 10], sizeof text - strlen(text) - 1);
        x /= 7;
    }
    text[0] = (char)(text[0] - 'a' + 'A');
    (void)printf("%s", text);
}

static void print_claim(const struct generator *g, const struct claim *claim, bool negated)
{
    for (size_t i = 0; i < claim->count; i++) {
        const struct token *token = &claim->tokens[i];
        if (i > 0)
            (void)putchar(' ');
        if (negated && i == claim->count / 2)
            (void)printf("did not ");
        if (token->kind == TOKEN_NAME)
            print_name(token->value);
        else if (token->kind == TOKEN_NUMBER)
            (void)printf("%" PRIu32, token->value);
        else
            (void)printf("%s", g->words[token->value].text);
    }
}

static void write_claims(struct generator *g, unsigned long count)
{
    (void)printf("external_id,text,source,date\n");
    for (unsigned long i = 0; i < count; i++) {
        struct claim claim;
        bool variant = g->remembered > 0 && below(g, 4) == 0;
        uint32_t how = below(g, 4);
        if (variant) {
            claim = g->memory[below(g, (uint32_t)g->remembered)];
            vary(g, &claim, how);
        } else {
            draw_claim(g, &claim);
            g->memory[g->remembered < MEMORY ? g->remembered++ : below(g, MEMORY)] = claim;
        }
        (void)printf("g%lu,\"", i);
        print_claim(g, &claim, variant && how == 3);
        (void)printf("\",source %" PRIu32 ",20%02" PRIu32 "-%02" PRIu32 "-%02" PRIu32 "\n", below(g, SOURCES),
                     10 + below(g, 14), 1 + below(g, 12), 1 + below(g, 28));
    }
}

int main(int argc, char **argv)
{
    struct generator g = {0};
    if (argc < 3) {
        (void)fprintf(stderr, "usage: generate_claims WORD_COUNTS.tsv COUNT [SEED]\n");
        return 2;
    }
    g.state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    g.memory = calloc(MEMORY, sizeof *g.memory);
    bool ok = g.memory != NULL && read_words(&g, argv[1]);
    if (ok)
        write_claims(&g, strtoul(argv[2], NULL, 10));
    else
        (void)fprintf(stderr, "generate_claims: can't read '%s'\n", argv[1]);
    free(g.memory);
    free(g.words);
    return ok && fflush(stdout) == 0 ? 0 : 1;
}
