#include "match/search.h"

#include "base/buffer.h"
#include "db_queries.h"
#include "match/index.h"
#include "match/rank.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIMIT_STANDARD = 10,
    FIRST_LOOK = 40,    /* candidates that are ranked closely, at least */
    LOOKS_MAX = 200000, /* candidates that are looked at for the sake of a filter */
    BATCH_FROM = 20,    /* queries for which the whole index is read */
    QUERY_TERMS_MAX = 200,
    INDEX_ARENA_MAX = 2000 * 1024 * 1024, /* 14 terms of 4 bytes: some 30 million claims */
    QUERY_ARENA_MAX = 512 * 1024 * 1024,
    SCRATCH_ARENA_MAX = 256 * 1024 * 1024,
    PARAM_MAX = 16 * 1024 * 1024,
};

struct cb_searcher {
    struct cb_db *db;
    struct cb_matcher *matcher;
    size_t limit;
    char *status, *since;
    char source_id[32]; /* empty: all sources */
    struct cb_index_state state;
    bool whole;            /* all lists are in `postings` */
    struct cb_arena lists; /* of the lists */
    struct cb_postings postings;
    struct cb_arena scratch; /* of one query */
    struct cb_tally tally;
};

/* A claim that was met, with its sum. */
struct met {
    uint32_t ordinal;
    float sum;
};

/* ------------------------------------------------------------------ opening */

static enum cb_code check_status(struct cb_searcher *s, const char *status, struct cb_err *err)
{
    const char *params[] = {status};
    enum cb_code code = cb_db_one(s->db, &cb_sql_search_status, params, 1, NULL, err);
    if (code == CB_NOT_FOUND) {
        (void)cb_fail(err, CB_NOT_FOUND, "there is no status '%s'", status);
        cb_hint(err, "unverified, in_review, verified, disputed, refuted, unverifiable");
    }
    if (code == CB_OK) {
        s->status = strdup(status);
        code = s->status == NULL ? cb_no_memory(err) : CB_OK;
    }
    return code;
}

static enum cb_code check_source(struct cb_searcher *s, const char *source, struct cb_err *err)
{
    const char *params[] = {source};
    struct cb_rows *rows = NULL;
    enum cb_code code = cb_db_one(s->db, &cb_sql_search_source, params, 1, &rows, err);
    if (code == CB_NOT_FOUND) {
        (void)cb_fail(err, CB_NOT_FOUND, "there is no source '%s'", source);
        cb_hint(err, "'claimbase report sources' lists them");
    }
    if (code == CB_OK)
        (void)snprintf(s->source_id, sizeof s->source_id, "%s", cb_rows_text(rows, 0, 0));
    cb_rows_free(rows);
    return code;
}

static enum cb_code check_since(struct cb_searcher *s, const char *since, struct cb_err *err)
{
    const char *params[] = {since};
    enum cb_code code = cb_db_one(s->db, &cb_sql_search_since, params, 1, NULL, err);
    if (code != CB_OK && err != NULL && strncmp(err->sqlstate, "22", 2) == 0) {
        (void)cb_fail(err, CB_USAGE, "'%s' is no time", since);
        cb_hint(err, "write it as 2015-11-20 or 2015-11-20T08:30:00Z");
        return CB_USAGE;
    }
    if (code == CB_OK) {
        s->since = strdup(since);
        code = s->since == NULL ? cb_no_memory(err) : CB_OK;
    }
    return code;
}

static enum cb_code open_index(struct cb_searcher *s, size_t expected, struct cb_err *err)
{
    int64_t indexed = 0;
    enum cb_code code = cb_index_refresh(s->db, s->matcher, NULL, NULL, &indexed, err);
    if (code == CB_OK)
        code = cb_index_state(s->db, &s->state, err);
    if (code == CB_OK)
        code = cb_tally_init(&s->tally, (size_t)s->state.ordinals, err);
    if (code == CB_OK)
        code = cb_postings_init(&s->postings, &s->lists, err);
    if (code == CB_OK && expected >= BATCH_FROM) {
        code = cb_index_load_all(s->db, &s->postings, err);
        s->whole = true;
    }
    return code;
}

enum cb_code cb_searcher_new(struct cb_db *db, const struct cb_search_options *options,
                             struct cb_searcher **out, struct cb_err *err)
{
    *out = NULL;
    struct cb_searcher *s = calloc(1, sizeof *s);
    if (s == NULL)
        return cb_no_memory(err);
    s->db = db;
    s->limit = options->limit > 0 ? options->limit : LIMIT_STANDARD;
    cb_arena_init(&s->lists, INDEX_ARENA_MAX);
    cb_arena_init(&s->scratch, SCRATCH_ARENA_MAX);
    enum cb_code code = cb_matcher_new(&s->matcher, err);
    if (code == CB_OK && options->status != NULL)
        code = check_status(s, options->status, err);
    if (code == CB_OK && options->source != NULL)
        code = check_source(s, options->source, err);
    if (code == CB_OK && options->since != NULL)
        code = check_since(s, options->since, err);
    if (code == CB_OK)
        code = open_index(s, options->expected, err);
    if (code == CB_OK)
        *out = s;
    else
        cb_searcher_free(s);
    return code;
}

void cb_searcher_free(struct cb_searcher *s)
{
    if (s == NULL)
        return;
    cb_matcher_free(s->matcher);
    cb_postings_release(&s->postings);
    cb_tally_release(&s->tally);
    cb_arena_release(&s->lists);
    cb_arena_release(&s->scratch);
    free(s->status);
    free(s->since);
    free(s);
}

/* ------------------------------------------------------------------ one query */

/* The lists of the query's terms: all are in memory, or they are read now. */
static enum cb_code need_lists(struct cb_searcher *s, const struct cb_profile *query, size_t terms,
                               struct cb_err *err)
{
    if (s->whole)
        return CB_OK;
    cb_postings_release(&s->postings);
    cb_arena_reset(&s->lists);
    enum cb_code code = cb_postings_init(&s->postings, &s->lists, err);
    return code == CB_OK ? cb_index_load(s->db, query->terms, terms, &s->postings, err) : code;
}

/* Sums the query's BM25 over all claims. Returns what a claim would get that has each term of the query. */
static double tally_query(struct cb_searcher *s, const struct cb_profile *query, size_t terms)
{
    double best = 0;
    cb_tally_clear(&s->tally);
    for (size_t i = 0; i < terms; i++) {
        const struct cb_term_lists *lists = cb_postings_find(&s->postings, query->terms[i]);
        double claims = lists != NULL ? (double)lists->claims : 0.0;
        double idf = cb_bm25_idf(claims, (double)s->state.claims);
        best += idf;
        if (lists == NULL)
            continue;
        struct cb_gain gain;
        cb_bm25_gain(idf, s->state.words, &gain);
        cb_tally_add(&s->tally, lists, &gain);
    }
    return best;
}

static int by_sum(const void *a, const void *b)
{
    const struct met *x = a, *y = b;
    if (x->sum < y->sum || x->sum > y->sum)
        return x->sum > y->sum ? -1 : 1;
    return (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

/* The met claims, the best first: those that come close to the best `enough` of them. */
static enum cb_code collect_met(struct cb_searcher *s, size_t enough, struct met **out, size_t *count,
                                struct cb_err *err)
{
    const struct cb_tally *tally = &s->tally;
    struct met *all = cb_arena_array(&s->scratch, tally->touched_count + 1, sizeof *all);
    if (all == NULL)
        return cb_fail(err, CB_LIMIT, "too many claims share a word with the query");
    for (size_t i = 0; i < tally->touched_count; i++)
        all[i] = (struct met){tally->touched[i], tally->cells[tally->touched[i]].sum};
    *out = all;
    *count = cb_select_best(all, tally->touched_count, sizeof *all, enough, by_sum);
    qsort(all, *count, sizeof *all, by_sum);
    return CB_OK;
}

struct found {
    struct cb_search_result *items;
    size_t count, capacity;
};

struct ranking {
    struct cb_searcher *searcher;
    const struct cb_profile *query;
    double best;            /* the greatest sum there can be */
    struct cb_arena *arena; /* the caller's */
    struct found found;
};

static const char *keep(struct cb_arena *arena, const struct cb_rows *rows, size_t row, size_t column)
{
    if (cb_rows_is_null(rows, row, column))
        return NULL;
    return cb_arena_copy(arena, cb_rows_text(rows, row, column), cb_rows_length(rows, row, column));
}

enum { ORDINAL, CLAIM, EXTERNAL_ID, TEXT, STATUS, SOURCE, SPEAKER, TITLE, URL, PUBLISHED, MODALITY };

static enum cb_code rank_row(struct ranking *r, const struct cb_rows *rows, size_t row, struct cb_err *err)
{
    struct cb_searcher *s = r->searcher;
    struct cb_rank_input input = {
        .query = r->query,
        .bm25 = (double)s->tally.cells[cb_rows_int(rows, row, ORDINAL)].sum / (r->best > 0 ? r->best : 1.0),
    };
    enum cb_code code =
        cb_stored_profile(s->matcher, cb_rows_text(rows, row, TEXT), NULL, &s->scratch, &input.text, err);
    if (code != CB_OK)
        return code;
    r->found.items[r->found.count++] = (struct cb_search_result){
        .claim = keep(r->arena, rows, row, CLAIM),
        .external_id = keep(r->arena, rows, row, EXTERNAL_ID),
        .text = keep(r->arena, rows, row, TEXT),
        .status = keep(r->arena, rows, row, STATUS),
        .source = keep(r->arena, rows, row, SOURCE),
        .speaker = keep(r->arena, rows, row, SPEAKER),
        .title = keep(r->arena, rows, row, TITLE),
        .url = keep(r->arena, rows, row, URL),
        .published = keep(r->arena, rows, row, PUBLISHED),
        .modality = keep(r->arena, rows, row, MODALITY),
        .score = cb_rank(&input),
    };
    const struct cb_search_result *last = &r->found.items[r->found.count - 1];
    return last->claim == NULL || last->text == NULL ? cb_no_memory(err) : CB_OK;
}

/* Reads and ranks these candidates; the filters may leave few of them. */
static enum cb_code look_at(struct ranking *r, const struct met *met, size_t count, struct cb_err *err)
{
    struct cb_searcher *s = r->searcher;
    struct cb_buffer list;
    struct cb_rows *rows = NULL;
    cb_buffer_init(&list, PARAM_MAX);
    for (size_t i = 0; i < count; i++)
        cb_buffer_printf(&list, "%s%u", i > 0 ? "," : "{", met[i].ordinal);
    cb_buffer_add_char(&list, '}');
    enum cb_code code = cb_buffer_status(&list, "the list of candidates", err);
    const char *params[] = {cb_buffer_text(&list), s->status, *s->source_id != '\0' ? s->source_id : NULL,
                            s->since};
    if (code == CB_OK)
        code = cb_db_run(s->db, &cb_sql_search_claims, params, 4, &rows, err);
    size_t found = code == CB_OK ? cb_rows_count(rows) : 0;
    if (r->found.count + found > r->found.capacity) {
        size_t capacity = 2 * r->found.capacity + found;
        struct cb_search_result *items = cb_arena_array(r->arena, capacity, sizeof *items);
        if (items == NULL)
            code = cb_no_memory(err);
        else if (r->found.count > 0)
            memcpy(items, r->found.items, r->found.count * sizeof *items);
        r->found.items = items;
        r->found.capacity = capacity;
    }
    for (size_t row = 0; row < found && code == CB_OK; row++)
        code = rank_row(r, rows, row, err);
    cb_rows_free(rows);
    cb_buffer_release(&list);
    return code;
}

static int by_score(const void *a, const void *b)
{
    const struct cb_search_result *x = a, *y = b;
    if (x->score < y->score || x->score > y->score)
        return x->score > y->score ? -1 : 1;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : strcmp(x->claim, y->claim);
}

static bool is_filtered(const struct cb_searcher *s)
{
    return s->status != NULL || s->since != NULL || *s->source_id != '\0';
}

/* Looks at the best candidates; with a filter that most do not pass, at more and more of them. */
static enum cb_code rank_met(struct ranking *r, struct cb_err *err)
{
    struct cb_searcher *s = r->searcher;
    size_t look = s->limit * 2 > FIRST_LOOK ? s->limit * 2 : FIRST_LOOK, seen = 0, count = 0;
    struct met *met = NULL;
    enum cb_code code = collect_met(s, is_filtered(s) ? LOOKS_MAX : look, &met, &count, err);
    while (code == CB_OK && seen < count && (seen == 0 || r->found.count < s->limit)) {
        size_t more = count - seen < look ? count - seen : look;
        code = look_at(r, met + seen, more, err);
        seen += more;
        look *= 4;
    }
    return code;
}

enum cb_code cb_search(struct cb_searcher *searcher, const char *text, size_t len, struct cb_arena *arena,
                       const struct cb_search_result **out, size_t *count, struct cb_err *err)
{
    struct ranking r = {.searcher = searcher, .arena = arena};
    *out = NULL;
    *count = 0;
    cb_arena_reset(&searcher->scratch);
    enum cb_code code =
        cb_profile_make(searcher->matcher, text, len, NULL, &searcher->scratch, &r.query, err);
    if (code != CB_OK)
        return code;
    size_t terms = r.query->term_count < QUERY_TERMS_MAX ? r.query->term_count : QUERY_TERMS_MAX;
    if (terms == 0)
        return CB_OK;
    code = need_lists(searcher, r.query, terms, err);
    if (code != CB_OK)
        return code;
    r.best = tally_query(searcher, r.query, terms);
    code = rank_met(&r, err);
    if (code != CB_OK)
        return code;
    if (r.found.count > 1)
        qsort(r.found.items, r.found.count, sizeof *r.found.items, by_score);
    *out = r.found.items;
    *count = r.found.count < searcher->limit ? r.found.count : searcher->limit;
    return CB_OK;
}
