#include "text/extract.h"

#include "base/array.h"
#include "text/block.h"
#include "text/claim.h"
#include "text/front_matter.h"
#include "text/quote_source.h"
#include "text/sentence.h"
#include "text/source_link.h"
#include "text/speaker.h"
#include "text/transcript.h"
#include "text/unicode.h"

#include <stdlib.h>
#include <string.h>

/* What reading one block needs, at most: tokens, trees and candidates of half a megabyte of the densest text.
 */
#define SCRATCH_MAX ((size_t)1024 * 1024 * 1024)
/* Names and entities of one text. */
#define WORK_MAX ((size_t)4 * 1024 * 1024 * 1024)

struct cb_extractor {
    struct cb_syntax_model *syntax;
    struct cb_attribution_model *attribution;
};

const char *cb_extractor_version(void)
{
    return "claimbase-text 2";
}

enum cb_code cb_extractor_new(struct cb_extractor **out, struct cb_err *err)
{
    struct cb_extractor *extractor = calloc(1, sizeof *extractor);
    if (extractor == NULL)
        return cb_no_memory(err);
    size_t len;
    const void *bytes = cb_syntax_model_bytes(&len);
    enum cb_code code = cb_syntax_model_new(bytes, len, &extractor->syntax, err);
    bytes = cb_attribution_model_bytes(&len);
    if (code == CB_OK)
        code = cb_attribution_model_new(bytes, len, &extractor->attribution, err);
    if (code == CB_OK)
        *out = extractor;
    else
        cb_extractor_free(extractor);
    return code;
}

void cb_extractor_free(struct cb_extractor *extractor)
{
    if (extractor == NULL)
        return;
    cb_syntax_model_free(extractor->syntax);
    cb_attribution_model_free(extractor->attribution);
    free(extractor);
}

/* One text on its way. Lists grow over all blocks; `scratch` is emptied after each. */
struct job {
    const struct cb_extractor *extractor;
    const char *text;
    size_t len;
    const struct cb_extract_options *options;
    struct cb_arena *arena, scratch, work;
    struct cb_extraction *out;
    bool english;
    struct cb_name_list names;
    struct cb_reference_list references;
    struct cb_claim_list claims;
    struct cb_link_list links;
    struct cb_turn *turns;
    size_t turn_count;
    int32_t *reference_of; /* one an attribution, over the whole text; in a growing heap array */
    size_t attribution_count, attribution_capacity;
};

static const char *copy_span(struct job *job, struct cb_span span)
{
    return cb_arena_copy(job->arena, job->text + span.start, span.end - span.start);
}

static enum cb_code read_front_matter(struct job *job, struct cb_err *err)
{
    struct cb_extraction *out = job->out;
    struct cb_front_matter front = cb_front_matter_find(job->text, job->len, out->sentences,
                                                        out->sentence_count, job->options->has_title);
    out->title = front.title;
    if (front.byline.end > front.byline.start && (out->byline = copy_span(job, front.byline)) == NULL)
        return cb_no_memory(err);
    if (front.dateline.end > front.dateline.start && (out->dateline = copy_span(job, front.dateline)) == NULL)
        return cb_no_memory(err);
    return CB_OK;
}

/* "noted that …, which calls for …, adding that …": the participle's subject is the sentence's, not the
 * pronoun's noun. */
static bool is_dangling(const struct cb_reading *reading, const struct cb_attribution_found *found,
                        const struct cb_reference *reference)
{
    if (found->cue_token < 0 || !found->has_source || reading->nodes[found->cue_token].tag != CB_TAG_VBG)
        return false;
    struct cb_token_range source = cb_span_tokens(reading, found->sentence, found->source);
    return reference->kind == CB_REFERENCE_WHO || reference->kind == CB_REFERENCE_IT ||
           (source.start < source.end && cb_token_is_one(reading, source.start, "which|who|that"));
}

/* "Ray said that the mill was sold, noting that …": the participle's source, a thing, stands in what was said
 * before in the sentence: it is not the mill that notes. */
static bool is_reported_thing(const struct cb_reading *reading, const struct cb_attribution_found *found,
                              size_t index, const struct cb_reference *reference)
{
    const struct cb_attribution_found *a = &found[index];
    if (a->cue_token <= 0 || !a->has_source || reading->nodes[a->cue_token].tag != CB_TAG_VBG ||
        !cb_token_is_char(reading, (uint32_t)a->cue_token - 1, ',') ||
        reference->kind != CB_REFERENCE_GROUP || reference->speaker_kind != CB_SPEAKER_UNKNOWN)
        return false;
    for (size_t k = index; k > 0 && found[k - 1].sentence == a->sentence; k--) {
        const struct cb_attribution_found *said = &found[k - 1];
        for (size_t c = 0; c < said->content_count && said->has_source; c++) {
            if (said->content[c].start <= a->source.start && a->source.end <= said->content[c].end)
                return true;
        }
    }
    return false;
}

/* The reference of each attribution of a block. `outer` refers to earlier or later ones of the same block. */
static enum cb_code read_references(struct job *job, const struct cb_reading *reading,
                                    uint32_t first_sentence, const struct cb_attribution_found *found,
                                    size_t count, struct cb_err *err)
{
    void *items = job->reference_of;
    enum cb_code code =
        cb_array_reserve(&items, &job->attribution_capacity, job->attribution_count + count + 1,
                         sizeof *job->reference_of, CB_TEXT_MAX, "attributions", err);
    job->reference_of = items;
    int32_t base = (int32_t)job->references.count;
    for (size_t a = 0; a < count && code == CB_OK; a++) {
        struct cb_reference reference = {.kind = CB_REFERENCE_NONE};
        struct cb_span subject;
        bool saying = found[a].cue_token >= 0 && cb_token_is_saying(reading, (uint32_t)found[a].cue_token);
        if (found[a].has_source)
            cb_reference_read(reading, found[a].sentence, found[a].source, found[a].source_token, &reference);
        else if (saying && cb_subject_before(reading, found[a].sentence, found[a].cue, &subject))
            cb_reference_read(reading, found[a].sentence, subject, -1, &reference);
        else
            reference.at = found[a].content[0].start;
        if (is_dangling(reading, &found[a], &reference) || is_reported_thing(reading, found, a, &reference))
            reference.kind = CB_REFERENCE_SAME;
        reference.sentence = first_sentence + found[a].sentence;
        reference.paragraph = reading->sentences[found[a].sentence].paragraph;
        reference.outer = found[a].outer >= 0 ? base + found[a].outer : -1;
        reference.direct = found[a].kind == CB_CLAIM_DIRECT;
        int32_t index;
        code = cb_reference_list_add(&job->references, &reference, &index, err);
        if (code == CB_OK)
            job->reference_of[job->attribution_count + a] = index;
    }
    return code;
}

static enum cb_code find_quantities(struct job *job, const struct cb_reading *reading,
                                    struct cb_sentence_quantities **out, struct cb_err *err)
{
    struct cb_sentence_quantities *all =
        cb_arena_array(&job->scratch, reading->sentence_count + 1, sizeof *all);
    if (all == NULL)
        return cb_no_memory(err);
    for (size_t s = 0; s < reading->sentence_count; s++) {
        uint32_t first = reading->first_token[s];
        enum cb_code code =
            cb_quantities_find(job->text, reading->tokens + first, reading->first_token[s + 1] - first,
                               job->options->published, job->arena, &all[s].items, &all[s].count, err);
        if (code != CB_OK)
            return code;
    }
    *out = all;
    return CB_OK;
}

static enum cb_code read_block(struct job *job, size_t first, size_t end, struct cb_err *err)
{
    const struct cb_extractor *extractor = job->extractor;
    struct cb_reading reading;
    const struct cb_attribution_found *found = NULL;
    struct cb_sentence_quantities *quantities = NULL;
    size_t count = 0, first_name = job->names.count;
    uint32_t first_sentence = (uint32_t)first;
    enum cb_code code =
        cb_block_read(job->english ? extractor->syntax : NULL, extractor->attribution, job->text, job->len,
                      job->out->sentences + first, end - first, &job->scratch, &reading, err);
    if (code == CB_OK && job->english)
        code = cb_attributions_find(extractor->attribution, &reading, &job->scratch, &found, &count, err);
    if (code == CB_OK)
        code = cb_names_find(&reading, first_sentence, &job->names, err);
    if (code == CB_OK)
        code = read_references(job, &reading, first_sentence, found, count, err);
    if (code == CB_OK)
        code = find_quantities(job, &reading, &quantities, err);
    if (code == CB_OK && job->english)
        code = cb_links_find(&reading, first_sentence, &job->links, err);
    if (code != CB_OK)
        return code;
    uint8_t *in_quote = cb_arena_alloc(&job->scratch, reading.token_count + 1);
    if (in_quote == NULL)
        return cb_no_memory(err);
    cb_quoted_tokens(&reading, in_quote);
    struct cb_claim_sources sources = {.reading = &reading,
                                       .first_sentence = first_sentence,
                                       .attributions = found,
                                       .attribution_count = count,
                                       .quantities = quantities,
                                       .names = job->names.count > first_name ? job->names.items + first_name
                                                                              : NULL,
                                       .name_count = job->names.count - first_name,
                                       .in_quote = in_quote,
                                       .reference_of = job->reference_of + job->attribution_count,
                                       .turns = job->turns,
                                       .turn_count = job->turn_count,
                                       .whole_sentences = !job->english};
    code = cb_claims_find(&sources, &job->scratch, job->arena, &job->references, &job->claims, err);
    job->attribution_count += count;
    return code;
}

/* The target of a link of this claim's speaker in this claim's sentence: "Rogachev told Kommersant". */
static const char *via_of(const struct cb_source_link *links, size_t count, const struct cb_claim *claim)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links[middle].sentence < claim->sentence)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && links[low].sentence == claim->sentence; low++) {
        if (links[low].speaker == claim->speaker && links[low].kind != CB_LINK_REPUBLICATION)
            return links[low].target;
    }
    return NULL;
}

/* Who speaks in each sentence: the source that stands in it, else the person it names who speaks elsewhere.
 */
static enum cb_code speakers_by_sentence(struct job *job, const struct cb_entities *entities,
                                         const struct cb_speakers *speakers, int **out, struct cb_err *err)
{
    size_t count = job->out->sentence_count;
    int *speaker_of = cb_arena_array(&job->work, count + 1, sizeof *speaker_of);
    if (speaker_of == NULL)
        return cb_no_memory(err);
    for (size_t s = 0; s < count; s++)
        speaker_of[s] = CB_NO_SPEAKER;
    for (size_t i = 0; i < job->claims.count; i++) {
        const struct cb_claim *claim = &job->claims.items[i].claim;
        if (!claim->has_attribution || !claim->attribution.has_source || claim->speaker < 0)
            continue;
        uint32_t s = cb_sentence_at(job->out->sentences, count, claim->attribution.source.start);
        if (s < count && speaker_of[s] == CB_NO_SPEAKER)
            speaker_of[s] = speakers->of_reference[claim->speaker];
    }
    for (size_t i = 0; i < job->names.count; i++) {
        uint32_t entity = entities->of_name[i], s = job->names.items[i].sentence;
        if (entity != CB_ENTITY_NONE && speaker_of[s] == CB_NO_SPEAKER &&
            cb_entity_kind(&entities->items[entity]) == CB_SPEAKER_PERSON)
            speaker_of[s] = speakers->of_entity[entity];
    }
    *out = speaker_of;
    return CB_OK;
}

/* Who speaks, where it comes from: when the whole text has been read. */
static enum cb_code resolve(struct job *job, struct cb_err *err)
{
    struct cb_entities entities;
    struct cb_speakers speakers;
    struct cb_extraction *out = job->out;
    enum cb_code code = cb_entities_make(job->text, &job->names, &job->work, &entities, err);
    if (code == CB_OK)
        code = cb_speakers_resolve(job->text, &job->names, &entities, job->references.items,
                                   job->references.count, &job->work, job->arena, &speakers, err);
    if (code != CB_OK)
        return code;
    int *speaker_of = NULL;
    code = speakers_by_sentence(job, &entities, &speakers, &speaker_of, err);
    if (code == CB_OK)
        code = cb_links_resolve(job->text, &job->links, &entities, speaker_of, job->arena, &out->links,
                                &out->link_count, err);
    if (code != CB_OK)
        return code;
    struct cb_claim *claims = cb_arena_array(job->arena, job->claims.count + 1, sizeof *claims);
    if (claims == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < job->claims.count; i++) {
        claims[i] = job->claims.items[i].claim;
        int32_t through = job->claims.items[i].through;
        if (claims[i].speaker >= 0)
            claims[i].speaker = speakers.of_reference[claims[i].speaker];
        if (through >= 0 && speakers.of_reference[through] >= 0 &&
            speakers.of_reference[through] != claims[i].speaker)
            claims[i].attribution.via = speakers.items[speakers.of_reference[through]].name;
        else if (claims[i].has_attribution && claims[i].speaker >= 0)
            claims[i].attribution.via = via_of(out->links, out->link_count, &claims[i]);
    }
    out->claims = claims;
    out->claim_count = job->claims.count;
    out->speakers = speakers.items;
    out->speaker_count = speakers.count;
    return CB_OK;
}

static enum cb_code read_text(struct job *job, struct cb_err *err)
{
    struct cb_extraction *out = job->out;
    struct cb_sentence *sentences = NULL;
    out->language =
        job->options->language != NULL ? job->options->language : cb_language_guess(job->text, job->len);
    out->language = cb_arena_copy(job->arena, out->language, strlen(out->language));
    if (out->language == NULL)
        return cb_no_memory(err);
    job->english = strncmp(out->language, "en", 2) == 0;
    enum cb_code code = cb_sentences_find(job->text, job->len, out->language, job->arena, &sentences,
                                          &out->sentence_count, err);
    out->sentences = sentences;
    if (code == CB_OK)
        code = read_front_matter(job, err);
    if (code == CB_OK && job->english && !job->options->segment_only)
        code = cb_transcript_find(job->text, sentences, out->sentence_count, &job->work, &job->turns,
                                  &job->turn_count, err);
    for (size_t first = 0; code == CB_OK && !job->options->segment_only && first < out->sentence_count;) {
        size_t end = cb_block_end(sentences, out->sentence_count, first);
        code = read_block(job, first, end, err);
        cb_arena_reset(&job->scratch);
        first = end;
    }
    if (code == CB_OK && !job->options->segment_only)
        code = resolve(job, err);
    return code;
}

enum cb_code cb_extract(const struct cb_extractor *extractor, const char *text, size_t len,
                        const struct cb_extract_options *options, struct cb_arena *arena,
                        const struct cb_extraction **out, struct cb_err *err)
{
    static const struct cb_extract_options plain = {0};
    if (len > CB_TEXT_MAX)
        return cb_fail(err, CB_LIMIT, "a text of %zu bytes: at most %d are read", len, CB_TEXT_MAX);
    size_t valid = cb_utf8_valid_until(text, len);
    if (valid < len)
        return cb_fail(err, CB_INPUT, "not valid UTF-8 at byte %zu", valid);
    struct job job = {.extractor = extractor,
                      .text = text,
                      .len = len,
                      .options = options != NULL ? options : &plain,
                      .arena = arena,
                      .out = cb_arena_alloc(arena, sizeof *job.out)};
    if (job.out == NULL)
        return cb_no_memory(err);
    cb_arena_init(&job.scratch, SCRATCH_MAX);
    cb_arena_init(&job.work, WORK_MAX);
    enum cb_code code = read_text(&job, err);
    if (code == CB_OK)
        *out = job.out;
    cb_arena_release(&job.scratch);
    cb_arena_release(&job.work);
    cb_name_list_release(&job.names);
    cb_reference_list_release(&job.references);
    cb_claim_list_release(&job.claims);
    cb_link_list_release(&job.links);
    free(job.reference_of);
    return code;
}
