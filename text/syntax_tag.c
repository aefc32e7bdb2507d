/* The tagger: an averaged perceptron from left to right (Collins, "Discriminative Training Methods for
 * Hidden Markov Models", EMNLP 2002), over the tags that the dictionary allows for the word. */
#include "text/syntax_tag.h"

#include "text/syntax_lexicon.h"

const struct cb_word cb_no_word = {.key = 0x51ED270Bu, .tail = 0x5Fu, .front = 0x5Fu, .set_key = 0x2545F491u};

static inline uint32_t tag_key(unsigned tag)
{
    return cb_mix(tag + 1);
}

void cb_tag_features(const struct cb_tag_context *c, uint32_t out[CB_TAG_FEATURES])
{
    const struct cb_word *w = c->word;
    uint32_t t1 = tag_key(c->tag_before), t2 = tag_key(c->tag_before2);
    uint32_t shape = cb_mix(w->shape + 0x1000u);
    size_t n = 0;
/* each template adds its own number, so that equal values of two templates differ */
#define FEATURE(value) out[n] = cb_mix((value) + 0x632BE5ABu * (uint32_t)(n + 1)), n++
    FEATURE(w->key);
    FEATURE(w->key ^ shape);
    FEATURE(w->tail & 0xFFu);
    FEATURE(w->tail & 0xFFFFu);
    FEATURE(w->tail & 0xFFFFFFu);
    FEATURE(w->tail);
    FEATURE(cb_turn(w->tail & 0xFFFFFFu, 3) ^ shape);
    FEATURE(w->front & 0xFFu);
    FEATURE(w->front);
    FEATURE(shape);
    FEATURE(w->set_key);
    FEATURE(t1);
    FEATURE(t1 ^ cb_turn(t2, 7));
    FEATURE(t1 ^ cb_turn(w->key, 7));
    FEATURE(t1 ^ cb_turn(w->set_key, 7));
    FEATURE(t1 ^ shape);
    FEATURE(t1 ^ cb_turn(w->tail & 0xFFFFu, 9));
    FEATURE(c->before->key);
    FEATURE(c->before->key ^ cb_turn(w->key, 5));
    FEATURE(c->before->tail & 0xFFFFFFu);
    FEATURE(c->before2->key);
    FEATURE(c->after->key);
    FEATURE(c->after->key ^ cb_turn(w->key, 5));
    FEATURE(c->after->key ^ t1);
    FEATURE(c->after->tail & 0xFFFFFFu);
    FEATURE(c->after->set_key);
    FEATURE(c->after->set_key ^ cb_turn(w->set_key, 5));
    FEATURE(c->after->set_key ^ cb_turn(t1, 5) ^ cb_turn(w->set_key, 11));
    FEATURE(cb_mix(c->after->shape + 0x2000u) ^ cb_turn(shape, 5));
    FEATURE(c->after2->key);
    FEATURE(c->after2->set_key ^ cb_turn(c->after->set_key, 5));
    FEATURE(w->lexicon ^ shape);
    FEATURE(w->lexicon ^ cb_turn(w->tail & 0xFFFFu, 5));
#undef FEATURE
}

void cb_word_look_up(const struct cb_syntax_model *model, const char *text, const struct cb_token *token,
                     struct cb_word *word)
{
    size_t at = cb_dictionary_find(model->dictionary, model->dictionary_mask, cb_dictionary_key(word));
    uint32_t set = model->dictionary[at].set, lexicon = 0;
    if (set == 0)
        lexicon = cb_lexicon_look(model, text, token);
    word->set = model->tag_sets[set];
    word->lexicon = lexicon == 0 ? 0 : cb_mix(lexicon);
    word->set_key = cb_mix((uint32_t)word->set ^ cb_turn((uint32_t)(word->set >> 32), 9) ^ word->lexicon);
}

/* The words round the one that is tagged, in a ring. */
enum { RING = 8, AHEAD = 2 };

struct tagger {
    const struct cb_syntax_model *model;
    const char *text;
    const struct cb_token *tokens;
    size_t count;
    enum cb_casing casing;
    struct cb_word ring[RING];
};

static void read_word(struct tagger *t, size_t i)
{
    struct cb_word *word = &t->ring[i % RING];
    if (i >= t->count) {
        *word = cb_no_word;
        return;
    }
    cb_word_make(t->text, &t->tokens[i], t->casing, i == 0, word);
    cb_word_look_up(t->model, t->text, &t->tokens[i], word);
}

static uint8_t tag_word(const struct tagger *t, size_t i, const struct cb_node *nodes)
{
    uint32_t features[CB_TAG_FEATURES];
    const struct cb_word *word = &t->ring[i % RING];
    if ((word->set & (word->set - 1)) == 0)
        return (uint8_t)__builtin_ctzll(word->set);
    struct cb_tag_context context = {
        .before2 = i < 2 ? &cb_no_word : &t->ring[(i - 2) % RING],
        .before = i < 1 ? &cb_no_word : &t->ring[(i - 1) % RING],
        .word = word,
        .after = &t->ring[(i + 1) % RING],
        .after2 = &t->ring[(i + 2) % RING],
        .tag_before2 = i < 2 ? CB_TAG_COUNT : nodes[i - 2].tag,
        .tag_before = i < 1 ? CB_TAG_COUNT : nodes[i - 1].tag,
    };
    cb_tag_features(&context, features);
    return (uint8_t)cb_best_label(t->model->tag_cells, t->model->tag_shift, features, CB_TAG_FEATURES,
                                  word->set);
}

enum cb_code cb_tag(const struct cb_syntax_model *model, const char *text, const struct cb_token *tokens,
                    size_t count, struct cb_arena *scratch, struct cb_node *nodes, struct cb_err *err)
{
    (void)scratch; /* a ring of words is enough */
    (void)err;
    struct tagger t = {.model = model,
                       .text = text,
                       .tokens = tokens,
                       .count = count,
                       .casing = cb_sentence_casing(text, tokens, count)};
    for (size_t i = 0; i < AHEAD; i++)
        read_word(&t, i);
    for (size_t i = 0; i < count; i++) {
        read_word(&t, i + AHEAD);
        nodes[i] = (struct cb_node){.tag = tag_word(&t, i, nodes), .relation = CB_REL_DEP, .head = -1};
    }
    return CB_OK;
}
