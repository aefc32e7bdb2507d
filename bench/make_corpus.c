/* Makes a corpus of news-like articles of any size, from word statistics of its own: no outside text.
 *
 *   make_corpus FOLDER COUNT [SEED]    COUNT plain text files in folders of 1,000
 *
 * Sentences come from patterns of news prose (statements, quotations, figures); their nouns follow Zipf's law
 * over a few hundred English words and a long tail of made-up ones, so that the number of distinct words
 * grows with the corpus as it does in print. The same seed gives the same bytes. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXT_MAX = 64 * 1024, TAIL_WORDS = 200000, FOLDER_FILES = 1000 };

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const first_names[] = {"Anna",  "Peter",  "Ingrid", "Omar",  "Lucia", "Viktor", "Mei",
                                          "Tomas", "Karin",  "Samuel", "Elena", "Jonas", "Amina",  "Robert",
                                          "Sofia", "Daniel", "Nadia",  "Erik",  "Grace", "Pavel"};
static const char *const last_names[] = {
    "Lindqvist", "Moreau", "Halvorsen", "Okafor", "Petrov", "Brandt", "Novak",   "Keller", "Santos", "Moe",
    "Roth",      "Berg",   "Haddad",    "Larsen", "Costa",  "Weber",  "Ivanova", "Tanaka", "Silva",  "Dahl"};
static const char *const roles[] = {"mayor",        "spokesman",    "chief engineer", "minister",
                                    "director",     "police chief", "professor",      "head of the council",
                                    "party leader", "chairwoman"};
static const char *const bodies[] = {
    "county council", "transport ministry", "central bank",   "harbour office", "health board",
    "court of audit", "weather service",    "farmers' union", "fire brigade",   "statistics office"};
static const char *const papers[] = {"Harbour Gazette", "Morning Courier", "Northern Post", "Evening Herald",
                                     "Daily Observer"};
static const char *const places[] = {"Varnholm",   "Sellby",     "Tarnby",     "Ostmark",     "Lindow",
                                     "Port Ellis", "Krasny Bor", "Santa Rita", "Hemmingford", "Nordhaven"};
static const char *const nouns[] = {
    "bridge",   "road",   "budget", "hospital", "school", "election", "storm",  "harbour",
    "factory",  "strike", "river",  "price",    "report", "plan",     "court",  "company",
    "contract", "tax",    "train",  "station",  "farm",   "forest",   "market", "power",
    "plant",    "border", "army",   "ship",     "crisis", "law",      "vote",   "party",
    "council",  "flood",  "fire",   "gate",     "dam",    "water",    "gas",    "oil",
    "wage",     "rent",   "house",  "street",   "bank",   "loan",     "debt",   "fund",
    "deal",     "talks",  "team",   "club",     "record", "season",   "study"};
static const char *const plurals[] = {"people", "households",    "cars",    "trains",     "tonnes of grain",
                                      "jobs",   "patients",      "pupils",  "voters",     "soldiers",
                                      "houses", "barrels a day", "flights", "complaints", "litres of fuel"};
static const char *const adjectives[] = {"new",      "old",      "large",  "small",     "public",
                                         "private",  "serious",  "late",   "early",     "local",
                                         "northern", "southern", "broken", "expensive", "cheap",
                                         "safe",     "open",     "closed", "joint",     "secret"};
static const char *const verbs[] = {"repaired",  "closed",     "opened",    "sold",     "approved",
                                    "rejected",  "delayed",    "examined",  "financed", "built",
                                    "inspected", "criticised", "announced", "finished", "lost"};
static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                   "Friday", "Saturday", "Sunday"};

/* %F %L name; %P whole name; %R role; %B body; %J paper; %C place; %n noun; %N plural; %a adjective; %v verb;
 * %d number; %m money; %p per cent; %D day; %y year */
static const char *const patterns[] = {
    "The %a %n in %C will be %v next year, the %B said on %D.",
    "%P, the %R of %C, said that %d %N were affected by the %n.",
    "\"We have %v the %n, and we will pay for it,\" said %P.",
    "\"The %n is %a, but the %n is not,\" %L told the %J.",
    "According to the %B, the %a %n cost %m million crowns, %p per cent more than in %y.",
    "The %n was %v by the %B after a %a %n in %C.",
    "About %d %N left %C between %D and %D.",
    "The %B has not %v the %n since %y, the %J reported.",
    "%L denied that the %n had been %v.",
    "Almost %d %N depend on the %a %n near %C.",
    "In %y there were more than %d %N; now there are fewer than %d.",
    "The price of the %n rose by %p per cent to %m crowns.",
    "It was not clear on %D who had %v the %n.",
    "The %a %n stands between the %n and the %a %n, where the road from %C meets the river.",
    "Critics of the plan say that the %n and the %n should be %v first, because the %a %n can wait.",
    "He added that the %B would look at the %n \"without haste\".",
    "The %R of the %B, %P, rejected the criticism and said that the %n had been %v in time.",
    "Two people were hurt when a %n was %v in %C, police said.",
    "Residents of %C have waited %y days for the %a %n.",
    "The %n will stay closed until %D, the company wrote in a statement.",
};

struct writer {
    uint64_t state;
    char text[TEXT_MAX];
    size_t len;
    const char *last_name;
};

/* splitmix64 (Steele, Lea and Flood 2014) */
static uint64_t next(struct writer *writer)
{
    uint64_t z = writer->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static size_t below(struct writer *writer, size_t n)
{
    return (size_t)(next(writer) % n);
}

static void put(struct writer *writer, const char *text)
{
    size_t len = strlen(text);
    if (len < TEXT_MAX - writer->len) {
        memcpy(writer->text + writer->len, text, len + 1);
        writer->len += len;
    }
}

static void put_number(struct writer *writer, size_t number)
{
    char text[32];
    if (number >= 10000)
        (void)snprintf(text, sizeof text, "%zu,%03zu", number / 1000, number % 1000);
    else
        (void)snprintf(text, sizeof text, "%zu", number);
    put(writer, text);
}

/* Rank by Zipf's law: log-uniform. The first ranks are English nouns, the tail is made of syllables. */
static void put_noun(struct writer *writer)
{
    static const char *const starts[] = {"bar", "ten", "mol", "kra", "ves", "tor",
                                         "lin", "gra", "pel", "dor", "sta", "fen"};
    static const char *const ends[] = {"ket",  "mer", "ton",  "ling", "vard",  "sel",
                                       "rick", "den", "mast", "bore", "field", "work"};
    double uniform = (double)(next(writer) >> 11) / 9007199254740992.0;
    size_t rank = 1;
    rank <<= (size_t)(uniform * 17.6); /* 2^17.6 = 200,000 */
    rank += below(writer, rank);
    if (rank <= COUNT(nouns)) {
        put(writer, nouns[rank - 1]);
        return;
    }
    put(writer, starts[rank % COUNT(starts)]);
    for (rank /= COUNT(starts); rank >= COUNT(ends); rank /= COUNT(starts))
        put(writer, starts[rank % COUNT(starts)]);
    put(writer, ends[rank % COUNT(ends)]);
}

#define PICK(writer, list) ((list)[below((writer), COUNT(list))])

static void put_slot(struct writer *writer, char slot)
{
    switch (slot) {
    case 'P':
        put(writer, PICK(writer, first_names));
        put(writer, " ");
        writer->last_name = PICK(writer, last_names);
        put(writer, writer->last_name);
        break;
    case 'L':
        put(writer, writer->last_name);
        break;
    case 'R':
        put(writer, PICK(writer, roles));
        break;
    case 'B':
        put(writer, PICK(writer, bodies));
        break;
    case 'J':
        put(writer, PICK(writer, papers));
        break;
    case 'C':
        put(writer, PICK(writer, places));
        break;
    case 'n':
        put_noun(writer);
        break;
    case 'N':
        put(writer, PICK(writer, plurals));
        break;
    case 'a':
        put(writer, PICK(writer, adjectives));
        break;
    case 'v':
        put(writer, PICK(writer, verbs));
        break;
    case 'd':
        put_number(writer, 100 + below(writer, 9900) * (1 + below(writer, 9)));
        break;
    case 'm':
        put_number(writer, 1 + below(writer, 900));
        break;
    case 'p':
        put_number(writer, 1 + below(writer, 80));
        break;
    case 'D':
        put(writer, PICK(writer, days));
        break;
    default:
        put_number(writer, 1950 + below(writer, 75));
    }
}

static void put_pattern(struct writer *writer, const char *pattern)
{
    char one[2] = "";
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == '%') {
            put_slot(writer, *++at);
            continue;
        }
        one[0] = *at;
        put(writer, one);
    }
}

/* A title, then paragraphs of one to four sentences: about thirteen sentences. */
static void make_article(struct writer *writer)
{
    writer->len = 0;
    writer->last_name = PICK(writer, last_names);
    put_pattern(writer, "%a %n in %C: %B looks at %n\n\n");
    writer->text[0] = (char)(writer->text[0] - 'a' + 'A');
    size_t paragraphs = 3 + below(writer, 6);
    for (size_t p = 0; p < paragraphs; p++) {
        size_t sentences = 1 + below(writer, 4);
        for (size_t s = 0; s < sentences; s++) {
            if (s > 0)
                put(writer, " ");
            put_pattern(writer, PICK(writer, patterns));
        }
        put(writer, "\n\n");
    }
}

static int write_article(const struct writer *writer, const char *folder, size_t number)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%05zu", folder, number / FOLDER_FILES);
    if (number % FOLDER_FILES == 0 && mkdir(path, 0755) != 0 && errno != EEXIST)
        return -1;
    (void)snprintf(path, sizeof path, "%s/%05zu/%07zu.txt", folder, number / FOLDER_FILES, number);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return -1;
    size_t written = fwrite(writer->text, 1, writer->len, file);
    return fclose(file) == 0 && written == writer->len ? 0 : -1;
}

int main(int argc, char **argv)
{
    static struct writer writer;
    if (argc < 3) {
        (void)fprintf(stderr, "usage: make_corpus FOLDER COUNT [SEED]\n");
        return 2;
    }
    size_t count = (size_t)strtoull(argv[2], NULL, 10);
    writer.state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    if (mkdir(argv[1], 0755) != 0 && errno != EEXIST) {
        (void)fprintf(stderr, "make_corpus: '%s': %s\n", argv[1], strerror(errno));
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        make_article(&writer);
        if (write_article(&writer, argv[1], i) != 0) {
            (void)fprintf(stderr, "make_corpus: article %zu: %s\n", i, strerror(errno));
            return 1;
        }
    }
    return 0;
}
