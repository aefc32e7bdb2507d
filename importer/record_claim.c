/* A claim that came in a list: no article round it. */
#include "importer/record.h"
#include "text/token.h"
#include "text/unicode.h"

#include <string.h>

/* Whoever put it on the list found it worth checking. */
static const float listed_checkworthy = 1;

static enum cb_code make_quantities(const char *text, size_t len, const char *published,
                                    const struct cb_code_points *map, struct cb_arena *arena,
                                    struct cb_record_rows *out, struct cb_err *err)
{
    struct cb_token *tokens;
    const struct cb_quantity *found;
    size_t token_count, count;
    enum cb_code code =
        cb_tokenize(text, (struct cb_span){0, (uint32_t)len}, arena, &tokens, &token_count, err);
    if (code == CB_OK)
        code = cb_quantities_find(text, tokens, token_count, published, arena, &found, &count, err);
    if (code != CB_OK)
        return code;
    struct cb_record_quantity *rows = cb_arena_array(arena, count + 1, sizeof *rows);
    if (rows == NULL)
        return cb_no_memory(err);
    for (size_t i = 0; i < count; i++)
        cb_record_quantity_fill(&rows[i], &found[i], 1, (int32_t)i + 1, map);
    out->quantities = rows;
    out->quantity_count = count;
    return CB_OK;
}

static enum cb_code make_speaker(const char *speaker, struct cb_arena *arena, struct cb_record_rows *out,
                                 struct cb_err *err)
{
    struct cb_record_speaker *speakers = cb_arena_array(arena, 1, sizeof *speakers);
    struct cb_record_attribution *attributions = cb_arena_array(arena, 1, sizeof *attributions);
    const char *name = cb_arena_copy(arena, speaker, strlen(speaker));
    const char *key = cb_name_key(speaker, arena);
    if (speakers == NULL || attributions == NULL || name == NULL || key == NULL)
        return cb_no_memory(err);
    speakers[0] = (struct cb_record_speaker){
        .key = key, .name = name, .kind = cb_speaker_kind_name(CB_SPEAKER_UNKNOWN)};
    attributions[0] = (struct cb_record_attribution){
        .claim_no = 1, .attribution_no = 1, .role = "speaker", .speaker = 0, .name = name};
    out->speakers = speakers;
    out->attributions = attributions;
    out->speaker_count = out->attribution_count = 1;
    return CB_OK;
}

enum cb_code cb_record_from_claim(const char *text, size_t len, const char *speaker, const char *published,
                                  struct cb_arena *arena, struct cb_record_rows *out, struct cb_err *err)
{
    *out = (struct cb_record_rows){0};
    struct cb_code_points map;
    enum cb_code code = cb_code_points_make(text, len, arena, &map, err);
    if (code != CB_OK)
        return code;
    const struct cb_record_range all = {0, (int32_t)cb_code_points_at(&map, len)};
    struct cb_record_sentence *sentence = cb_arena_array(arena, 1, sizeof *sentence);
    struct cb_record_claim *claim = cb_arena_array(arena, 1, sizeof *claim);
    if (sentence == NULL || claim == NULL)
        return cb_no_memory(err);
    *sentence = (struct cb_record_sentence){.range = all, .paragraph_no = 1, .kind = CB_SENTENCE_BODY};
    *claim = (struct cb_record_claim){.range = all,
                                      .sentence_no = 1,
                                      .kind = speaker != NULL ? CB_CLAIM_INDIRECT : CB_CLAIM_ASSERTION,
                                      .modality = CB_STATED,
                                      .quote = {0, (uint32_t)len},
                                      .speaker = speaker != NULL ? 0 : CB_NO_SPEAKER,
                                      .checkworthy = listed_checkworthy};
    out->sentences = sentence;
    out->claims = claim;
    out->sentence_count = out->claim_count = 1;
    if (speaker != NULL)
        code = make_speaker(speaker, arena, out, err);
    return code == CB_OK ? make_quantities(text, len, published, &map, arena, out, err) : code;
}
