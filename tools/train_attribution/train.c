#include "tools/train_attribution/train.h"

#include "text/attribution_model.h"
#include "tools/train_attribution/learn.h"

#include <stdlib.h>
#include <string.h>

enum { JACKKNIFE = 5, MODEL_MAX = 64 * 1024 * 1024 };

static const struct recipe span_recipe = {.bits = 16,
                                          .labels = CB_SPAN_LABELS,
                                          .epochs = 30,
                                          .rate = 0.03F,
                                          .penalty = 0.2F,
                                          .prune = 0.04F,
                                          .least = 2};
static const struct recipe cue_recipe = {.bits = 14,
                                         .labels = CB_CUE_LABELS,
                                         .epochs = 15,
                                         .rate = 0.03F,
                                         .penalty = 0.1F,
                                         .prune = 0.02F,
                                         .least = 2};
static const struct recipe role_recipe = {.bits = 16,
                                          .labels = CB_ROLE_LABELS,
                                          .epochs = 30,
                                          .rate = 0.03F,
                                          .penalty = 0.2F,
                                          .prune = 0.04F,
                                          .least = 2};

/* One article made ready; `use` when it may be trained on. */
struct lesson {
    const struct article *article;
    struct cb_page page;
    struct cb_drafts drafts;
    struct cb_sheet sheet;
    bool use;
};

struct school {
    struct lesson *lessons;
    size_t count;
    struct cb_arena *arena;
    uint32_t *features;
    size_t *first;
    uint8_t *labels;
};

static struct cb_piece tokens_of(const struct cb_reading *r, struct cb_span span)
{
    struct cb_piece piece = {CB_NO_TOKEN, CB_NO_TOKEN};
    size_t low = 0, high = r->token_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->tokens[middle].span.end <= span.start)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < r->token_count && r->tokens[i].span.start < span.end; i++) {
        piece.first = piece.first < 0 ? (int32_t)i : piece.first;
        piece.last = (int32_t)i;
    }
    return piece;
}

static void paint(uint8_t *labels, size_t count, int32_t base, struct cb_piece piece, unsigned begin)
{
    for (int32_t i = piece.first; i >= 0 && i <= piece.last; i++) {
        if (i >= base && (size_t)(i - base) < count)
            labels[i - base] = (uint8_t)(begin + (i > piece.first));
    }
}

static void paint_role(const struct cb_reading *r, uint8_t *labels, size_t count, int32_t base,
                       const struct gold_role *role, unsigned begin)
{
    for (size_t i = 0; i < role->count; i++)
        paint(labels, count, base, tokens_of(r, role->spans[i]), begin);
}

/* A label "inside" may not follow anything but its own kind. */
static void mend(uint8_t *labels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned label = labels[i], before = i > 0 ? labels[i - 1] : 0;
        if (label > 0 && label % 2 == 0 && before != label && before + 1 != label)
            labels[i] = (uint8_t)(label - 1);
    }
}

static enum cb_code add_spans(struct school *school, const struct lesson *lesson, struct sequences *list,
                              struct cb_err *err)
{
    const struct cb_reading *r = &lesson->article->reading;
    uint8_t *all = calloc(r->token_count + 1, 1);
    if (all == NULL)
        return cb_no_memory(err);
    for (size_t g = 0; g < lesson->article->gold_count; g++)
        paint_role(r, all, r->token_count, 0, &lesson->article->golds[g].content, CB_SPAN_CONTENT_BEGIN);
    for (size_t g = 0; g < lesson->article->gold_count; g++)
        paint_role(r, all, r->token_count, 0, &lesson->article->golds[g].source, CB_SPAN_SOURCE_BEGIN);
    for (size_t g = 0; g < lesson->article->gold_count; g++)
        paint_role(r, all, r->token_count, 0, &lesson->article->golds[g].cue, CB_SPAN_CUE_BEGIN);
    enum cb_code code = CB_OK;
    for (size_t p = 0; p < lesson->page.paragraph_count && code == CB_OK; p++) {
        uint32_t first = lesson->page.paragraph_first[p], end = lesson->page.paragraph_first[p + 1];
        size_t length = end - first > CB_CHUNK_MAX ? CB_CHUNK_MAX : end - first;
        for (size_t i = 0; i < length; i++)
            school->first[i + 1] =
                school->first[i] + cb_features_span(&lesson->sheet, (int32_t)(first + i), span_recipe.bits,
                                                    school->features + school->first[i]);
        memcpy(school->labels, all + first, length);
        mend(school->labels, length);
        code = sequences_add(list, school->features, school->first, school->labels, length, err);
    }
    free(all);
    return code;
}

static bool touches(struct cb_piece a, struct cb_piece b)
{
    return a.first >= 0 && b.first >= 0 && a.first <= b.last && b.first <= a.last;
}

/* The gold attribution whose cue the candidate is, or NULL. */
static const struct gold *gold_of(const struct lesson *lesson, const struct cb_candidate *candidate)
{
    const struct gold *near = NULL;
    for (size_t g = 0; g < lesson->article->gold_count; g++) {
        const struct gold *gold = &lesson->article->golds[g];
        if (gold->cue.count == 0)
            continue;
        struct cb_piece cue = tokens_of(&lesson->article->reading, gold->cue.spans[0]);
        if (candidate->head >= cue.first && candidate->head <= cue.last)
            return gold;
        if (touches(cue, candidate->cue))
            near = gold;
    }
    return near;
}

static enum cb_code add_roles(struct school *school, const struct lesson *lesson,
                              const struct cb_candidate *candidate, const struct gold *gold,
                              struct sequences *list, struct cb_err *err)
{
    int32_t base = candidate->window.first;
    size_t length = (size_t)(candidate->window.last - base + 1);
    if (length > CB_CHUNK_MAX)
        length = CB_CHUNK_MAX;
    memset(school->labels, 0, length);
    paint_role(&lesson->article->reading, school->labels, length, base, &gold->content,
               CB_ROLE_CONTENT_BEGIN);
    paint_role(&lesson->article->reading, school->labels, length, base, &gold->source, CB_ROLE_SOURCE_BEGIN);
    for (int32_t i = candidate->cue.first; i <= candidate->cue.last; i++) {
        if (i >= base && (size_t)(i - base) < length)
            school->labels[i - base] = CB_ROLE_OUTSIDE;
    }
    mend(school->labels, length);
    for (size_t i = 0; i < length; i++)
        school->first[i + 1] =
            school->first[i] + cb_features_role(&lesson->sheet, candidate, base + (int32_t)i,
                                                role_recipe.bits, school->features + school->first[i]);
    return sequences_add(list, school->features, school->first, school->labels, length, err);
}

static enum cb_code add_candidates(struct school *school, const struct lesson *lesson, struct sequences *cues,
                                   struct sequences *roles, struct cb_err *err)
{
    struct cb_candidate *candidates;
    size_t count;
    enum cb_code code = cb_candidates_find(&lesson->sheet, school->arena, &candidates, &count, err);
    for (size_t i = 0; i < count && code == CB_OK; i++) {
        const struct gold *gold = gold_of(lesson, &candidates[i]);
        school->first[1] = cb_features_cue(&lesson->sheet, &candidates[i], cue_recipe.bits, school->features);
        school->labels[0] = gold != NULL ? CB_CUE_REAL : CB_CUE_NOT;
        code = sequences_add(cues, school->features, school->first, school->labels, 1, err);
        if (code == CB_OK && gold != NULL)
            code = add_roles(school, lesson, &candidates[i], gold, roles, err);
    }
    for (size_t g = 0; g < lesson->article->gold_count && code == CB_OK; g++) {
        const struct gold *gold = &lesson->article->golds[g];
        bool seen = false;
        for (size_t i = 0; i < count && !seen; i++)
            seen = gold_of(lesson, &candidates[i]) == gold;
        if (seen || gold->cue.count == 0)
            continue;
        struct cb_candidate missed = {.cue = tokens_of(&lesson->article->reading, gold->cue.spans[0])};
        if (missed.cue.first < 0)
            continue;
        missed.head = missed.cue.last;
        cb_candidate_window(&lesson->sheet, &missed);
        code = add_roles(school, lesson, &missed, gold, roles, err);
    }
    return code;
}

/* Marginals of every fold by a labeller that has not seen it; of left-out articles none are needed. */
static enum cb_code jackknife(struct school *school, struct cb_err *err)
{
    enum cb_code code = CB_OK;
    for (size_t fold = 0; fold < JACKKNIFE && code == CB_OK; fold++) {
        struct sequences list = {0};
        struct cb_buffer bytes;
        struct cb_labeller labeller = {0};
        size_t used;
        cb_buffer_init(&bytes, MODEL_MAX);
        for (size_t i = 0; i < school->count && code == CB_OK; i++) {
            if (school->lessons[i].use && i / 2 % JACKKNIFE != fold)
                code = add_spans(school, &school->lessons[i], &list, err);
        }
        if (code == CB_OK)
            code = learn(&list, &span_recipe, &bytes, err);
        if (code == CB_OK)
            code = cb_labeller_load(&labeller, (const uint8_t *)bytes.data, bytes.len, &used, err);
        for (size_t i = 0; i < school->count && code == CB_OK; i++) {
            if (school->lessons[i].use && i / 2 % JACKKNIFE == fold)
                cb_label_spans(&labeller, &school->lessons[i].sheet);
        }
        cb_labeller_release(&labeller);
        cb_buffer_release(&bytes);
        sequences_release(&list);
    }
    return code;
}

static enum cb_code prepare(struct school *school, struct corpus *corpus,
                            const struct cb_attribution_model *model, size_t folds, size_t left_out,
                            struct cb_err *err)
{
    enum cb_code code = CB_OK;
    school->lessons = cb_arena_array(&corpus->arena, corpus->count + 1, sizeof *school->lessons);
    if (school->lessons == NULL)
        return cb_no_memory(err);
    school->count = corpus->count;
    for (size_t i = 0; i < corpus->count && code == CB_OK; i++) {
        struct lesson *lesson = &school->lessons[i];
        *lesson = (struct lesson){.article = &corpus->articles[i], .drafts = {.arena = &corpus->arena}};
        lesson->use = folds == 0 || i % folds != left_out;
        code = cb_page_make(&lesson->article->reading, model->lexicon, &corpus->arena, &lesson->page, err);
        if (code != CB_OK)
            break;
        cb_rules_find(&lesson->page, 0, (uint32_t)lesson->article->reading.sentence_count, &lesson->drafts);
        code = cb_sheet_make(&lesson->page, &lesson->drafts, &corpus->arena, &lesson->sheet, err);
    }
    return code;
}

enum cb_code train(struct corpus *corpus, size_t folds, size_t left_out, struct cb_buffer *out,
                   struct cb_err *err)
{
    struct cb_attribution_model *model = NULL;
    struct sequences spans = {0}, cues = {0}, roles = {0};
    struct school school = {.arena = &corpus->arena};
    size_t room = (size_t)2 * CB_CHUNK_MAX + 1;
    school.features = malloc(room * CB_FEATURES_MAX * sizeof *school.features);
    school.first = calloc(room, sizeof *school.first);
    school.labels = calloc(room, 1);
    enum cb_code code = CB_OK;
    if (school.features == NULL || school.first == NULL || school.labels == NULL)
        code = cb_no_memory(err);
    if (code == CB_OK)
        code = cb_attribution_model_new(NULL, 0, &model, err);
    if (code == CB_OK)
        code = prepare(&school, corpus, model, folds, left_out, err);
    if (code == CB_OK)
        code = jackknife(&school, err);
    for (size_t i = 0; i < school.count && code == CB_OK; i++) {
        if (!school.lessons[i].use)
            continue;
        code = add_spans(&school, &school.lessons[i], &spans, err);
        if (code == CB_OK)
            code = add_candidates(&school, &school.lessons[i], &cues, &roles, err);
    }
    if (code == CB_OK)
        code = learn(&spans, &span_recipe, out, err);
    if (code == CB_OK)
        code = learn(&cues, &cue_recipe, out, err);
    if (code == CB_OK)
        code = learn(&roles, &role_recipe, out, err);
    sequences_release(&spans);
    sequences_release(&cues);
    sequences_release(&roles);
    free(school.features);
    free(school.first);
    free(school.labels);
    cb_attribution_model_free(model);
    return code;
}
