#include "match/group.h"

#include "base/array.h"
#include "match/features.h"
#include "match/workers.h"

#include <stdlib.h>
#include <string.h>

enum { CANDIDATES_MAX = 50 * 1000 * 1000, CLAIM_TERMS_MAX = 256 };

/* ------------------------------------------------------------------ candidates */

/* A term of the claim with its lists. */
struct probe {
    const struct cb_term_lists *lists;
    float weight;
};

static int rarest_first(const void *a, const void *b)
{
    const struct probe *x = a, *y = b;
    return (x->lists->claims > y->lists->claims) - (x->lists->claims < y->lists->claims);
}

static size_t make_probes(const struct cb_postings *postings, const struct cb_profile *profile,
                          struct probe probes[CLAIM_TERMS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < profile->term_count && count < CLAIM_TERMS_MAX; i++) {
        probes[count].lists = cb_postings_find(postings, profile->terms[i]);
        probes[count].weight = profile->weights[i];
        count += probes[count].lists != NULL;
    }
    qsort(probes, count, sizeof *probes, rarest_first);
    return count;
}

static bool is_due(const struct cb_group *group, uint32_t ordinal)
{
    return ordinal < group->due_size && (group->due[ordinal / 8] >> ordinal % 8 & 1) != 0;
}

/* May this document meet the claim now? Each pair of documents has one turn. */
static bool may_meet(const struct cb_group *group, const struct cb_stored_document *document,
                     uint32_t ordinal)
{
    if (!is_due(group, ordinal)) /* the document itself is due */
        return true;
    const struct cb_stored_claim *claim = cb_store_find(group->store, ordinal);
    return claim != NULL && claim->document->turn != 0 && claim->document->turn < document->turn;
}

static enum cb_code add_candidate(struct cb_group_document *d, size_t number, uint32_t ordinal,
                                  struct cb_err *err)
{
    void *items = d->candidates;
    enum cb_code code =
        cb_array_reserve(&items, &d->candidate_capacity, d->candidate_count + 1, sizeof *d->candidates,
                         CANDIDATES_MAX, "candidates of a document", err);
    if (code != CB_OK)
        return code;
    d->candidates = items;
    d->candidates[d->candidate_count++] = (int64_t)number << 32 | ordinal;
    return CB_OK;
}

/* A dice of t with a claim of weight v takes a shared weight of t·(w + v) / 2. A claim that is first met when
 * only `rest` of the weight is left can have no more than that: so the commoner the terms, the lighter the
 * claims that are still let in, and behind a point none is, since v is not below the shared weight. Terms
 * come rarest first; nothing is lost by that, whatever terms are common in the archive. */
static int level_bound(double weight, double rest)
{
    if (1.001 * rest < CB_CANDIDATE_DICE * weight / (2.0 - CB_CANDIDATE_DICE))
        return -1;
    return (int)cb_weight_level(1.001 * (2.0 * rest / CB_CANDIDATE_DICE - weight));
}

static void tally_probes(struct cb_tally *tally, const struct probe *probes, size_t count, double weight,
                         uint32_t until)
{
    double rest = 0;
    for (size_t i = 0; i < count; i++)
        rest += (double)probes[i].weight;
    cb_tally_clear(tally);
    for (size_t i = 0; i < count; i++) {
        cb_tally_meet(tally, probes[i].lists, probes[i].weight, until, level_bound(weight, rest));
        rest -= (double)probes[i].weight;
    }
}

/* Every claim whose terms overlap by CB_CANDIDATE_DICE, and a few that turn out not to. */
static enum cb_code find_candidates(struct cb_group *group, struct cb_group_worker *worker,
                                    struct cb_group_document *d, size_t number, struct cb_err *err)
{
    const struct cb_profile *profile = d->document->claims[number]->claim.profile;
    struct cb_tally *tally = &worker->tally;
    struct probe probes[CLAIM_TERMS_MAX];
    size_t count = make_probes(group->postings, profile, probes);
    tally_probes(tally, probes, count, profile->weight, group->meet_until);
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < tally->touched_count && code == CB_OK; i++) {
        uint32_t ordinal = tally->touched[i];
        const struct cb_tally_cell *cell = &tally->cells[ordinal];
        double other = worker->level_weight[cb_posting_unpack(cell->last).level];
        double shared = 1.001 * (double)cell->sum;
        if (2.0 * shared >= CB_CANDIDATE_DICE * (profile->weight + other) &&
            may_meet(group, d->document, ordinal))
            code = add_candidate(d, number, ordinal, err);
    }
    return code;
}

static enum cb_code candidates_work(void *context, size_t worker, size_t index, struct cb_err *err)
{
    struct cb_group *group = context;
    struct cb_group_document *d = &group->documents[index];
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < d->document->count && code == CB_OK; i++)
        code = find_candidates(group, &group->workers[worker], d, i, err);
    return code;
}

/* ------------------------------------------------------------------ profiles */

struct queue {
    struct cb_group *group;
    struct cb_stored_claim **items;
    size_t count, capacity;
};

static enum cb_code enqueue(struct queue *queue, struct cb_stored_claim *claim, struct cb_err *err)
{
    if (claim == NULL || claim->claim.profile != NULL || claim->queued)
        return CB_OK;
    void *items = queue->items;
    enum cb_code code = cb_array_reserve(&items, &queue->capacity, queue->count + 1, sizeof(*queue->items),
                                         CANDIDATES_MAX, "claims of a group", err);
    if (code != CB_OK)
        return code;
    queue->items = items;
    queue->items[queue->count++] = claim;
    claim->queued = true;
    return CB_OK;
}

static enum cb_code profile_work(void *context, size_t worker, size_t index, struct cb_err *err)
{
    struct queue *queue = context;
    struct cb_group *group = queue->group;
    return cb_store_profile(group->store, worker, group->workers[worker].matcher, queue->items[index], err);
}

static enum cb_code work_off(struct queue *queue, struct cb_err *err)
{
    enum cb_code code = cb_workers_run(queue->group->worker_count, queue->count, profile_work, queue, err);
    for (size_t i = 0; i < queue->count; i++)
        queue->items[i]->queued = false;
    queue->count = 0;
    return code;
}

static enum cb_code enqueue_document(struct queue *queue, const struct cb_stored_document *document,
                                     struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < document->count && code == CB_OK; i++)
        code = enqueue(queue, document->claims[i], err);
    return code;
}

static enum cb_code profile_group(struct cb_group *group, struct cb_err *err)
{
    struct queue queue = {.group = group};
    enum cb_code code = CB_OK;
    for (size_t i = 0; i < group->count && code == CB_OK; i++)
        code = enqueue_document(&queue, group->documents[i].document, err);
    if (code == CB_OK)
        code = work_off(&queue, err);
    free(queue.items);
    return code;
}

/* Loads the candidates' claims and makes their profiles. */
static enum cb_code load_candidates(struct cb_group *group, struct cb_err *err)
{
    size_t total = 0, count = 0;
    for (size_t i = 0; i < group->count; i++)
        total += group->documents[i].candidate_count;
    int64_t *ordinals = calloc(total + 1, sizeof *ordinals);
    struct queue queue = {.group = group};
    if (ordinals == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < group->count; i++)
        for (size_t k = 0; k < group->documents[i].candidate_count; k++) {
            uint32_t ordinal = (uint32_t)group->documents[i].candidates[k];
            if (cb_store_find(group->store, ordinal) == NULL)
                ordinals[count++] = ordinal;
        }
    enum cb_code code = cb_store_load_claims(group->store, group->db, ordinals, count, err);
    for (size_t i = 0; i < group->count && code == CB_OK; i++)
        for (size_t k = 0; k < group->documents[i].candidate_count && code == CB_OK; k++)
            code = enqueue(&queue, cb_store_find(group->store, (uint32_t)group->documents[i].candidates[k]),
                           err);
    if (code == CB_OK)
        code = work_off(&queue, err);
    free(queue.items);
    free(ordinals);
    return code;
}

/* ------------------------------------------------------------------ first look */

/* A candidate with its claim. */
struct met {
    struct cb_stored_claim *claim;
    uint32_t number;
};

static int by_document(const void *a, const void *b)
{
    const struct met *x = a, *y = b;
    int order = strcmp(x->claim->document->id, y->claim->document->id);
    if (order != 0)
        return order;
    if (x->claim->claim_no != y->claim->claim_no)
        return x->claim->claim_no < y->claim->claim_no ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static struct cb_pair_side whole_side(const struct cb_stored_document *document, struct cb_arena *arena)
{
    struct cb_pair_claim *claims = cb_arena_array(arena, document->count + 1, sizeof *claims);
    for (size_t i = 0; claims != NULL && i < document->count; i++)
        claims[i] = document->claims[i]->claim;
    return (struct cb_pair_side){claims, claims != NULL ? document->count : 0};
}

static struct cb_pair_side side_of(struct cb_stored_claim *const *claims, size_t count,
                                   struct cb_arena *arena)
{
    struct cb_pair_claim *items = cb_arena_array(arena, count + 1, sizeof *items);
    for (size_t i = 0; items != NULL && i < count; i++)
        items[i] = claims[i]->claim;
    return (struct cb_pair_side){items, items != NULL ? count : 0};
}

/* The candidates met[0..count) are of one document. */
static enum cb_code look_at_document(struct cb_group_worker *worker, const struct cb_pair_side *own,
                                     const struct met *met, size_t count, struct cb_counterpart *out,
                                     struct cb_err *err)
{
    struct cb_arena *arena = &worker->arena;
    out->document = met[0].claim->document;
    out->claims = cb_arena_array(arena, count, sizeof(*out->claims));
    out->pairs = cb_arena_array(arena, count, sizeof *out->pairs);
    if (out->claims == NULL || out->pairs == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (out->claim_count == 0 || out->claims[out->claim_count - 1] != met[i].claim)
            out->claims[out->claim_count++] = met[i].claim;
        struct cb_pair_match *pair = &out->pairs[out->pair_count++];
        pair->a = met[i].number;
        pair->b = (uint32_t)out->claim_count - 1;
    }
    struct cb_pair_side other = side_of(out->claims, out->claim_count, arena);
    if (other.count == 0)
        return cb_no_memory(err);
    enum cb_code code =
        cb_pair_compare(worker->matcher, own, &other, out->pairs, out->pair_count, &worker->scratch, err);
    out->anchors = code == CB_OK ? cb_pair_anchors(out->pairs, out->pair_count) : 0;
    return code;
}

static enum cb_code first_look_work(void *context, size_t worker_index, size_t index, struct cb_err *err)
{
    struct cb_group *group = context;
    struct cb_group_worker *worker = &group->workers[worker_index];
    struct cb_group_document *d = &group->documents[index];
    struct met *met = cb_arena_array(&worker->arena, d->candidate_count + 1, sizeof *met);
    struct cb_pair_side own = whole_side(d->document, &worker->arena);
    size_t count = 0, documents = 0;
    if (met == NULL || own.count != d->document->count)
        return cb_no_memory(err);
    for (size_t k = 0; k < d->candidate_count; k++) {
        struct cb_stored_claim *claim = cb_store_find(group->store, (uint32_t)d->candidates[k]);
        uint32_t number = (uint32_t)(d->candidates[k] >> 32);
        if (claim == NULL ||
            cb_term_dice(own.claims[number].profile, claim->claim.profile) < CB_CANDIDATE_DICE)
            continue;
        met[count++] = (struct met){claim, number};
    }
    if (count > 1)
        qsort(met, count, sizeof *met, by_document);
    for (size_t i = 0; i < count; i++)
        documents += i == 0 || met[i].claim->document != met[i - 1].claim->document;
    d->counterparts = cb_arena_array(&worker->arena, documents + 1, sizeof *d->counterparts);
    if (d->counterparts == NULL)
        return cb_no_memory(err);
    enum cb_code code = CB_OK;
    for (size_t at = 0, end; at < count && code == CB_OK; at = end) {
        for (end = at + 1; end < count && met[end].claim->document == met[at].claim->document; end++)
            ;
        code =
            look_at_document(worker, &own, met + at, end - at, &d->counterparts[d->counterpart_count++], err);
    }
    return code;
}

/* ------------------------------------------------------------------ second look, in context */

static bool needs_context(const struct cb_group_document *d, const struct cb_counterpart *c)
{
    return d->document->count >= CB_LINKED_CLAIMS && c->anchors >= CB_LINKED_ANCHORS_SHARED;
}

/* Loads what the context of linked documents needs: their other claims, and what they come from. */
static enum cb_code load_context(struct cb_group *group, struct cb_err *err)
{
    size_t total = 0, count = 0, needed = 0;
    for (size_t i = 0; i < group->count; i++)
        total += group->documents[i].counterpart_count + 1;
    const char **ids = calloc(total + 1, sizeof *ids);
    struct cb_stored_document **documents = calloc(total + 1, sizeof *documents);
    struct queue queue = {.group = group};
    enum cb_code code = ids != NULL && documents != NULL ? CB_OK : cb_no_memory(err);
    for (size_t i = 0; i < group->count && code == CB_OK; i++) {
        struct cb_group_document *d = &group->documents[i];
        size_t before = needed;
        for (size_t k = 0; k < d->counterpart_count; k++)
            if (needs_context(d, &d->counterparts[k]))
                documents[needed++] = d->counterparts[k].document;
        if (needed > before)
            documents[needed++] = d->document;
    }
    for (size_t i = 0; i < needed && code == CB_OK; i++)
        if (!documents[i]->whole)
            ids[count++] = documents[i]->id;
    if (code == CB_OK)
        code = cb_store_load_documents(group->store, group->db, ids, count, err);
    if (code == CB_OK && needed > 0)
        code = cb_store_load_lineage(group->store, group->db, documents, needed, err);
    for (size_t i = 0; i < needed && code == CB_OK; i++)
        code = enqueue_document(&queue, documents[i], err);
    if (code == CB_OK)
        code = work_off(&queue, err);
    free(queue.items);
    free(documents);
    free(ids);
    return code;
}

static enum cb_code second_look(struct cb_group_worker *worker, struct cb_group_document *d,
                                const struct cb_pair_side *own, struct cb_counterpart *c, struct cb_err *err)
{
    struct cb_stored_document *other = c->document;
    if (needs_context(d, c) && other->count >= CB_LINKED_CLAIMS) {
        c->shared_origin = cb_store_shared_origin(d->document, other);
        c->linked = cb_pair_linked(c->anchors, c->shared_origin, own->count, other->count);
    }
    if (!c->linked) {
        struct cb_pair_side side = side_of(c->claims, c->claim_count, &worker->arena);
        if (side.count != c->claim_count)
            return cb_no_memory(err);
        cb_pair_decide(own, &side, c->pairs, c->pair_count);
        return CB_OK;
    }
    struct cb_pair_side side = whole_side(other, &worker->arena);
    if (side.count != other->count)
        return cb_no_memory(err);
    c->claims = other->claims;
    c->claim_count = other->count;
    return cb_pair_align(worker->matcher, own, &side, c->shared_origin, &worker->arena, &worker->scratch,
                         &c->pairs, &c->pair_count, err);
}

static enum cb_code second_look_work(void *context, size_t worker_index, size_t index, struct cb_err *err)
{
    struct cb_group *group = context;
    struct cb_group_worker *worker = &group->workers[worker_index];
    struct cb_group_document *d = &group->documents[index];
    enum cb_code code = CB_OK;
    if (d->counterpart_count == 0)
        return CB_OK;
    struct cb_pair_side own = whole_side(d->document, &worker->arena);
    if (own.count != d->document->count)
        return cb_no_memory(err);
    for (size_t k = 0; k < d->counterpart_count && code == CB_OK; k++)
        code = second_look(worker, d, &own, &d->counterparts[k], err);
    return code;
}

/* Claims that are due and not of this group have their turn later: behind the last one that is not, nothing
 * is met. When an archive is matched for the first time, in the order of its index, that halves the lists. */
static uint32_t meeting_end(const struct cb_group *group)
{
    size_t end = group->due_size, bytes = group->due_size / 8;
    while (end > 8 * bytes && is_due(group, (uint32_t)end - 1))
        end--;
    if (end == 8 * bytes)
        while (bytes > 0 && group->due[bytes - 1] == 0xff)
            end = 8 * --bytes;
    for (size_t i = 0; i < group->count; i++)
        for (size_t k = 0; k < group->documents[i].document->count; k++) {
            size_t ordinal = group->documents[i].document->claims[k]->ordinal;
            end = ordinal >= end ? ordinal + 1 : end;
        }
    return (uint32_t)end;
}

enum cb_code cb_group_match(struct cb_group *group, struct cb_err *err)
{
    for (size_t i = 0; i < group->worker_count; i++) {
        cb_arena_reset(&group->workers[i].arena);
        for (unsigned level = 0; level < CB_WEIGHT_LEVELS; level++)
            group->workers[i].level_weight[level] = cb_level_weight(level);
    }
    group->meet_until = meeting_end(group);
    enum cb_code code = profile_group(group, err);
    if (code == CB_OK)
        code = cb_workers_run(group->worker_count, group->count, candidates_work, group, err);
    if (code == CB_OK)
        code = load_candidates(group, err);
    if (code == CB_OK)
        code = cb_workers_run(group->worker_count, group->count, first_look_work, group, err);
    if (code == CB_OK)
        code = load_context(group, err);
    if (code == CB_OK)
        code = cb_workers_run(group->worker_count, group->count, second_look_work, group, err);
    return code;
}
