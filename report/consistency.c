#include "report/consistency.h"

#include "base/array.h"
#include "db_queries.h"
#include "report/nested.h"

#include <stdlib.h>
#include <string.h>

/* A position while topics are put together. */
struct node {
    const char *key; /* "uuid.number" of the group */
    size_t parent;   /* union-find over positions that contradict each other */
    size_t first_said, first_behind;
    size_t topic;
    struct cb_position position;
};

struct clash_of {
    size_t node; /* one of its two positions: both are of one topic */
    struct cb_clash clash;
};

struct reading {
    struct cb_arena *arena;
    struct cb_err *err;
    struct node *nodes;
    size_t node_count, node_capacity;
    struct cb_said *said;
    size_t said_count, said_capacity;
    struct cb_behind *behind;
    size_t behind_count, behind_capacity;
    struct clash_of *clashes;
    size_t clash_count, clash_capacity;
    struct cb_topic *topics;
    size_t topic_count;
};

static enum cb_code too_large(struct cb_err *err)
{
    (void)cb_fail(err, CB_LIMIT, "the report holds more than %d claims", (int)CB_CONSISTENCY_CLAIMS_MAX);
    cb_hint(err,
            "the view report.consistency has no such limit: claimbase sql 'SELECT … FROM consistency …'");
    return CB_LIMIT;
}

/* NULL stays NULL; *failed is set when the arena is full. */
static const char *keep(struct reading *reading, const struct cb_rows *rows, size_t column, bool *failed)
{
    if (cb_rows_is_null(rows, 0, column))
        return NULL;
    const char *text =
        cb_arena_copy(reading->arena, cb_rows_text(rows, 0, column), cb_rows_length(rows, 0, column));
    *failed = *failed || text == NULL;
    return text;
}

/* Groups come in order of document and number. */
static int compare_keys(const char *a, const char *b)
{
    const char *a_point = strchr(a, '.'), *b_point = strchr(b, '.');
    if (a_point == NULL || b_point == NULL || a_point - a != b_point - b)
        return strcmp(a, b);
    int order = strncmp(a, b, (size_t)(a_point - a));
    if (order != 0)
        return order;
    long a_no = strtol(a_point + 1, NULL, 10), b_no = strtol(b_point + 1, NULL, 10);
    return (a_no > b_no) - (a_no < b_no);
}

static struct node *find_node(struct reading *reading, const char *key)
{
    size_t low = 0, high = reading->node_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_keys(reading->nodes[middle].key, key);
        if (order == 0)
            return &reading->nodes[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static enum cb_code add_node(struct reading *reading, const struct cb_rows *rows, struct cb_err *err)
{
    void *items = reading->nodes;
    bool failed = false;
    enum cb_code code = cb_array_reserve(&items, &reading->node_capacity, reading->node_count + 1,
                                         sizeof *reading->nodes, CB_CONSISTENCY_CLAIMS_MAX, "positions", err);
    if (code != CB_OK)
        return code;
    reading->nodes = items;
    struct node *node = &reading->nodes[reading->node_count];
    *node = (struct node){.parent = reading->node_count, .first_said = reading->said_count};
    node->key = keep(reading, rows, 0, &failed);
    node->position.cluster = keep(reading, rows, 1, &failed);
    reading->node_count++;
    return failed ? too_large(err) : CB_OK;
}

static enum cb_code take_claim(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct reading *reading = context;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    enum cb_code code = CB_OK;
    if (reading->node_count == 0 ||
        strcmp(reading->nodes[reading->node_count - 1].key, cb_rows_text(rows, 0, 0)) != 0)
        code = add_node(reading, rows, err);
    if (code != CB_OK)
        return code;
    if (reading->said_count == CB_CONSISTENCY_CLAIMS_MAX)
        return too_large(err);
    void *items = reading->said;
    code = cb_array_reserve(&items, &reading->said_capacity, reading->said_count + 1, sizeof *reading->said,
                            CB_CONSISTENCY_CLAIMS_MAX, "claims", err);
    if (code != CB_OK)
        return code;
    reading->said = items;
    bool failed = false;
    struct cb_said *said = &reading->said[reading->said_count++];
    said->claim = keep(reading, rows, 2, &failed);
    said->document = keep(reading, rows, 3, &failed);
    said->source = keep(reading, rows, 4, &failed);
    said->title = keep(reading, rows, 5, &failed);
    said->speaker = keep(reading, rows, 6, &failed);
    said->kind = keep(reading, rows, 7, &failed);
    said->status = keep(reading, rows, 8, &failed);
    said->published = keep(reading, rows, 9, &failed);
    said->url = keep(reading, rows, 10, &failed);
    said->quantities = keep(reading, rows, 11, &failed);
    said->text = keep(reading, rows, 12, &failed);
    said->modality = keep(reading, rows, 13, &failed);
    said->start = cb_rows_int(rows, 0, 14);
    said->end = cb_rows_int(rows, 0, 15);
    reading->nodes[reading->node_count - 1].position.said_count++;
    return failed ? too_large(err) : CB_OK;
}

static enum cb_code take_origin(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct reading *reading = context;
    struct node *node = cb_rows_count(rows) > 0 ? find_node(reading, cb_rows_text(rows, 0, 0)) : NULL;
    if (node == NULL)
        return CB_OK;
    void *items = reading->behind;
    enum cb_code code =
        cb_array_reserve(&items, &reading->behind_capacity, reading->behind_count + 1,
                         sizeof *reading->behind, 4 * CB_CONSISTENCY_CLAIMS_MAX, "origins", err);
    if (code != CB_OK)
        return code;
    reading->behind = items;
    if (node->position.behind_count++ == 0)
        node->first_behind = reading->behind_count;
    bool failed = false;
    struct cb_behind *behind = &reading->behind[reading->behind_count++];
    behind->origin = keep(reading, rows, 1, &failed);
    behind->known = cb_rows_bool(rows, 0, 2);
    behind->reason = keep(reading, rows, 3, &failed);
    behind->documents = cb_rows_int(rows, 0, 4);
    behind->source = keep(reading, rows, 5, &failed);
    behind->name = keep(reading, rows, 6, &failed);
    return failed ? too_large(err) : CB_OK;
}

static size_t root_of(struct reading *reading, size_t node)
{
    while (reading->nodes[node].parent != node) {
        reading->nodes[node].parent = reading->nodes[reading->nodes[node].parent].parent;
        node = reading->nodes[node].parent;
    }
    return node;
}

static enum cb_code take_clash(void *context, const struct cb_rows *rows, struct cb_err *err)
{
    struct reading *reading = context;
    if (cb_rows_count(rows) == 0)
        return CB_OK;
    const struct node *a = find_node(reading, cb_rows_text(rows, 0, 0));
    const struct node *b = find_node(reading, cb_rows_text(rows, 0, 1));
    if (a == NULL || b == NULL)
        return CB_OK;
    void *items = reading->clashes;
    enum cb_code code =
        cb_array_reserve(&items, &reading->clash_capacity, reading->clash_count + 1, sizeof *reading->clashes,
                         4 * CB_CONSISTENCY_CLAIMS_MAX, "contradictions", err);
    if (code != CB_OK)
        return code;
    reading->clashes = items;
    size_t a_root = root_of(reading, (size_t)(a - reading->nodes)),
           b_root = root_of(reading, (size_t)(b - reading->nodes));
    if (a_root < b_root)
        reading->nodes[b_root].parent = a_root;
    else
        reading->nodes[a_root].parent = b_root;
    bool failed = false;
    struct clash_of *of = &reading->clashes[reading->clash_count++];
    of->node = (size_t)(a - reading->nodes);
    const char **fields[] = {&of->clash.a_claim,    &of->clash.b_claim,    &of->clash.a_source,
                             &of->clash.b_source,   &of->clash.a_text,     &of->clash.b_text,
                             &of->clash.a_quantity, &of->clash.b_quantity, &of->clash.type,
                             &of->clash.reasons,    &of->clash.decided_by};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i] = keep(reading, rows, i + 2, &failed);
    return failed ? too_large(err) : CB_OK;
}

/* ---- counting what is different */

struct strings {
    const char **items;
    size_t count;
};

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int64_t count_distinct(struct strings *strings)
{
    int64_t distinct = 0;
    if (strings->count > 1)
        qsort(strings->items, strings->count, sizeof *strings->items, compare_strings);
    for (size_t i = 0; i < strings->count; i++)
        distinct += i == 0 || strcmp(strings->items[i], strings->items[i - 1]) != 0;
    return distinct;
}

struct counts {
    int64_t documents, sources, origins, unknown_origins;
};

/* Counts over positions [0, count): a document, a source or an origin that is in several counts once. `room`
 * holds as many strings as there are claims or origins. */
static struct counts count_over(const struct cb_position *const *positions, size_t count, const char **room)
{
    struct counts counts = {0};
    struct strings strings = {.items = room};
    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i < positions[p]->said_count; i++)
            room[strings.count++] = positions[p]->said[i].document;
    counts.documents = count_distinct(&strings);
    strings.count = 0;
    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i < positions[p]->said_count; i++)
            room[strings.count++] = positions[p]->said[i].source;
    counts.sources = count_distinct(&strings);
    for (int known = 0; known < 2; known++) {
        strings.count = 0;
        for (size_t p = 0; p < count; p++)
            for (size_t i = 0; i < positions[p]->behind_count; i++)
                if (positions[p]->behind[i].known == (known == 1))
                    room[strings.count++] = positions[p]->behind[i].origin;
        *(known == 1 ? &counts.origins : &counts.unknown_origins) = count_distinct(&strings);
    }
    return counts;
}

/* ---- topics */

static bool speaks(const struct cb_position *position, const char *source)
{
    for (size_t i = 0; i < position->said_count; i++)
        if (strcmp(position->said[i].source, source) == 0)
            return true;
    return false;
}

static void finish_positions(struct reading *reading, const char **room)
{
    for (size_t i = 0; i < reading->node_count; i++) {
        struct node *node = &reading->nodes[i];
        struct cb_position *position = &node->position;
        position->said = reading->said + node->first_said;
        position->shown_count = cb_said_nest(reading->said + node->first_said, position->said_count);
        position->behind = position->behind_count > 0 ? reading->behind + node->first_behind : NULL;
        const struct cb_position *one = position;
        struct counts counts = count_over(&one, 1, room);
        position->documents = counts.documents;
        position->sources = counts.sources;
        position->origins = counts.origins;
        position->unknown_origins = counts.unknown_origins;
    }
}

static int compare_positions(const void *a, const void *b)
{
    const struct cb_position *x = *(const struct cb_position *const *)a,
                             *y = *(const struct cb_position *const *)b;
    if (x->origins != y->origins)
        return x->origins < y->origins ? 1 : -1;
    if (x->documents != y->documents)
        return x->documents < y->documents ? 1 : -1;
    return strcmp(x->cluster, y->cluster);
}

static int compare_topics(const void *a, const void *b)
{
    const struct cb_topic *x = a, *y = b;
    if ((x->clash_count > 0) != (y->clash_count > 0))
        return x->clash_count > 0 ? -1 : 1;
    if (x->sources != y->sources)
        return x->sources < y->sources ? 1 : -1;
    if (x->origins != y->origins)
        return x->origins < y->origins ? 1 : -1;
    if (x->documents != y->documents)
        return x->documents < y->documents ? 1 : -1;
    return strcmp(x->positions[0]->cluster, y->positions[0]->cluster);
}

/* How many positions and clashes each topic has, by its root. */
static size_t *sizes_by_root(struct reading *reading, bool clashes)
{
    size_t *sizes = calloc(reading->node_count + 1, sizeof *sizes);
    if (sizes == NULL)
        return NULL;
    if (clashes)
        for (size_t i = 0; i < reading->clash_count; i++)
            sizes[root_of(reading, reading->clashes[i].node)]++;
    else
        for (size_t i = 0; i < reading->node_count; i++)
            sizes[root_of(reading, i)]++;
    return sizes;
}

/* Makes the topics with room for their parts, and fills the parts in. */
static bool fill_topics(struct reading *reading, const size_t *positions, const size_t *clashes)
{
    reading->topics = cb_arena_array(reading->arena, reading->node_count + 1, sizeof *reading->topics);
    if (reading->topics == NULL)
        return false;
    for (size_t i = 0; i < reading->node_count; i++) {
        struct node *node = &reading->nodes[i];
        size_t root = root_of(reading, i);
        if (root == i) { /* the least of its topic, so it comes first */
            struct cb_topic *topic = &reading->topics[reading->topic_count];
            node->topic = reading->topic_count++;
            topic->positions = cb_arena_array(reading->arena, positions[root], sizeof *topic->positions);
            topic->clashes = cb_arena_array(reading->arena, clashes[root] + 1, sizeof *topic->clashes);
            if (topic->positions == NULL || topic->clashes == NULL)
                return false;
        }
        node->topic = reading->nodes[root].topic;
        struct cb_topic *topic = &reading->topics[node->topic];
        ((const struct cb_position **)topic->positions)[topic->position_count++] = &node->position;
    }
    for (size_t i = 0; i < reading->clash_count; i++) {
        struct cb_topic *topic = &reading->topics[reading->nodes[reading->clashes[i].node].topic];
        ((struct cb_clash *)topic->clashes)[topic->clash_count++] = reading->clashes[i].clash;
    }
    return true;
}

static bool make_topics(struct reading *reading)
{
    size_t *positions = sizes_by_root(reading, false), *clashes = sizes_by_root(reading, true);
    bool made = positions != NULL && clashes != NULL && fill_topics(reading, positions, clashes);
    free(positions);
    free(clashes);
    return made;
}

/* What has neither company nor contradiction at this moment is no topic (a sentence and its part are no
 * company); nor, with `source`, what it says nothing of. */
static bool is_topic(const struct cb_topic *topic, const char *source)
{
    bool speaks_here = source == NULL, company = topic->clash_count > 0;
    for (size_t p = 0; p < topic->position_count; p++) {
        company = company || topic->positions[p]->shown_count > 1;
        speaks_here = speaks_here || speaks(topic->positions[p], source);
    }
    return company && speaks_here;
}

static enum cb_code finish_topics(struct reading *reading, const char *source, struct cb_consistency *out,
                                  const char **room, struct cb_err *err)
{
    const struct cb_position **all = calloc(reading->node_count + 1, sizeof *all);
    if (all == NULL)
        return cb_no_memory(err);
    size_t kept = 0, positions = 0;
    for (size_t t = 0; t < reading->topic_count; t++) {
        struct cb_topic topic = reading->topics[t];
        if (!is_topic(&topic, source))
            continue;
        const struct cb_position **own = (const struct cb_position **)topic.positions;
        qsort(own, topic.position_count, sizeof *own, compare_positions);
        struct counts counts = count_over(own, topic.position_count, room);
        topic.documents = counts.documents;
        topic.sources = counts.sources;
        topic.origins = counts.origins;
        topic.unknown_origins = counts.unknown_origins;
        for (size_t p = 0; p < topic.position_count; p++)
            all[positions++] = own[p];
        out->contradicted += topic.clash_count > 0;
        reading->topics[kept++] = topic;
    }
    qsort(reading->topics, kept, sizeof *reading->topics, compare_topics);
    struct counts counts = count_over(all, positions, room);
    free(all);
    out->topics = reading->topics;
    out->topic_count = kept;
    out->documents = counts.documents;
    out->sources = counts.sources;
    out->origins = counts.origins;
    out->unknown_origins = counts.unknown_origins;
    return CB_OK;
}

/* What is left in growing arrays moves into the arena, so that it lives as long as the report. */
static enum cb_code settle(struct reading *reading, struct cb_err *err)
{
    struct node *nodes = cb_arena_array(reading->arena, reading->node_count + 1, sizeof *nodes);
    struct cb_said *said = cb_arena_array(reading->arena, reading->said_count + 1, sizeof *said);
    struct cb_behind *behind = cb_arena_array(reading->arena, reading->behind_count + 1, sizeof *behind);
    if (nodes == NULL || said == NULL || behind == NULL)
        return too_large(err);
    if (reading->node_count > 0)
        memcpy(nodes, reading->nodes, reading->node_count * sizeof *nodes);
    if (reading->said_count > 0)
        memcpy(said, reading->said, reading->said_count * sizeof *said);
    if (reading->behind_count > 0)
        memcpy(behind, reading->behind, reading->behind_count * sizeof *behind);
    free(reading->nodes);
    free(reading->said);
    free(reading->behind);
    reading->nodes = nodes;
    reading->said = said;
    reading->behind = behind;
    return CB_OK;
}

enum cb_code cb_consistency_read(struct cb_db *db, const char *source, struct cb_arena *arena,
                                 struct cb_consistency *out, struct cb_err *err)
{
    struct reading reading = {.arena = arena};
    const char **room = NULL;
    bool settled = false;
    *out = (struct cb_consistency){0};
    enum cb_code code = cb_db_stream(db, &cb_sql_consistency_claims, NULL, 0, take_claim, &reading, err);
    if (code == CB_OK)
        code = cb_db_stream(db, &cb_sql_consistency_origins, NULL, 0, take_origin, &reading, err);
    if (code == CB_OK)
        code = cb_db_stream(db, &cb_sql_consistency_clashes, NULL, 0, take_clash, &reading, err);
    if (code != CB_OK)
        goto done;
    room = calloc(reading.said_count + reading.behind_count + 1, sizeof *room);
    if (room == NULL) {
        code = cb_no_memory(err);
        goto done;
    }
    code = settle(&reading, err);
    settled = code == CB_OK;
    if (code != CB_OK)
        goto done;
    finish_positions(&reading, room);
    code = make_topics(&reading) ? finish_topics(&reading, source, out, room, err) : too_large(err);
done:
    free(room);
    free(reading.clashes);
    if (!settled) {
        free(reading.nodes);
        free(reading.said);
        free(reading.behind);
    }
    return code;
}
