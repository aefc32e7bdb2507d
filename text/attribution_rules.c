#include "text/attribution_rules.h"

struct cb_draft *cb_rule_draft(struct cb_drafts *drafts, const struct cb_frame *frame,
                               enum cb_draft_rule rule, float score)
{
    struct cb_draft *draft = cb_drafts_add(drafts);
    if (draft == NULL)
        return NULL;
    draft->cue = frame->cue;
    draft->cue_head = frame->head;
    if (frame->source_head >= 0 && frame->source.first >= 0) {
        draft->source = frame->source;
        draft->source_head = frame->source_head;
    }
    draft->rule = rule;
    draft->score = score;
    return draft;
}

void cb_rule_content(struct cb_draft *draft, struct cb_piece piece)
{
    if (draft->pieces < CB_DRAFT_PIECES && piece.last >= piece.first)
        draft->content[draft->pieces++] = piece;
}

static const char *const dummies[] = {"it",        "there",    "which",  "this",     "monday", "tuesday",
                                      "wednesday", "thursday", "friday", "saturday", "sunday", NULL};

static bool is_finite(const struct cb_page *page, int32_t token)
{
    unsigned tag = cb_page_tag(page, token);
    return tag == CB_TAG_VBD || tag == CB_TAG_VBZ || tag == CB_TAG_VBP || tag == CB_TAG_MD;
}

/* When the tree has no subject: all that stands before the cue in its sentence, if that can be a noun phrase
 * ("The chairman, Ann Lind, said"). */
static void source_before(const struct cb_page *page, struct cb_frame *frame)
{
    int32_t begin = cb_page_first(page, frame->head), last = frame->cue.first - 1;
    unsigned tag = cb_page_tag(page, begin);
    if (last < begin || last - begin > 30 ||
        !(cb_tag_is_noun((uint8_t)tag) || tag == CB_TAG_DT || tag == CB_TAG_PRP || tag == CB_TAG_PRP_POSS ||
          tag == CB_TAG_JJ || tag == CB_TAG_CD))
        return;
    for (int32_t at = begin; at <= last; at++) {
        char mark = cb_page_mark(page, at);
        if (is_finite(page, at) || mark == ';' || mark == ':' || mark == '.')
            return;
    }
    frame->source = (struct cb_piece){begin, last};
    frame->source_head = cb_page_mark(page, last) == 0 ? last : last - 1;
}

/* When nothing else is known: the noun phrase right before the verb. */
static void source_beside(const struct cb_page *page, struct cb_frame *frame)
{
    int32_t begin = cb_page_first(page, frame->head), last = frame->cue.first - 1, first = last;
    unsigned tag = cb_page_tag(page, last);
    if (last < begin || !(cb_tag_is_noun((uint8_t)tag) || tag == CB_TAG_PRP))
        return;
    while (first > begin && tag != CB_TAG_PRP && last - first < 10) {
        unsigned before = cb_page_tag(page, first - 1);
        if (!cb_tag_is_noun((uint8_t)before) && before != CB_TAG_JJ && before != CB_TAG_CD &&
            before != CB_TAG_DT && before != CB_TAG_PRP_POSS && before != CB_TAG_POS)
            break;
        first--;
        if (before == CB_TAG_DT || before == CB_TAG_PRP_POSS)
            break;
    }
    frame->source = (struct cb_piece){first, last};
    frame->source_head = last;
    frame->guessed = true;
}

/* "…," the head of the office, Ann Lind, said: from the closing mark to the cue, whatever the tree thinks. */
static bool source_behind_quote(const struct cb_page *page, struct cb_frame *frame)
{
    int32_t last = frame->cue.first - 1, begin = cb_page_first(page, frame->head), at = last;
    if ((frame->word->classes & (CB_CUE_QUOTE | CB_CUE_TELL)) == 0 || frame->passive ||
        !is_finite(page, frame->head))
        return false;
    for (; at >= begin && last - at < 45; at--) {
        const struct cb_cue_word *word = page->words[at];
        char mark = cb_page_mark(page, at);
        if (mark == '"' && page->reading->tokens[at].kind == CB_TOKEN_QUOTE_CLOSE)
            break;
        if (mark == ';' || mark == ':' || mark == '.' || mark == '"' ||
            (word != NULL && word->part == CB_CUE_VERB && (word->classes & CB_CUE_SAY) != 0 &&
             is_finite(page, at)))
            return false;
    }
    if (at < begin || at == last || last - at >= 45 || page->quotes.at[at] < 0)
        return false;
    const struct cb_quote *quote = &page->quotes.items[page->quotes.at[at]];
    unsigned tag = cb_page_tag(page, at + 1);
    bool phrase = cb_tag_is_noun((uint8_t)tag) || tag == CB_TAG_DT || tag == CB_TAG_PRP ||
                  tag == CB_TAG_PRP_POSS || tag == CB_TAG_JJ || tag == CB_TAG_CD;
    if (quote->single || !quote->stopped || (int32_t)quote->last != at || !phrase)
        return false;
    frame->source = (struct cb_piece){at + 1, last};
    frame->source_head = cb_page_mark(page, last) == 0 ? last : last - 1;
    for (int32_t i = at + 1; i <= last; i++) {
        if (cb_page_relation(page, i) == CB_REL_NSUBJ && page->heads[i] == frame->head)
            frame->source_head = i;
    }
    return true;
}

/* A subject behind its verb ("…," said Lind) needs what is said before it. */
static bool may_be_inverted(const struct cb_page *page, const struct cb_frame *frame, int32_t subject)
{
    static const char *const objects[] = {"me", "him", "us", "them", NULL};
    char before = cb_page_mark(page, frame->cue.first - 1);
    unsigned tag = cb_page_tag(page, subject + 1);
    bool opens = frame->cue.first == cb_page_first(page, frame->head);
    if (tag == CB_TAG_MD || tag == CB_TAG_VBD || tag == CB_TAG_VBZ || tag == CB_TAG_VBP ||
        cb_page_any(page, subject, objects))
        return false;
    return before != 0 || opens || cb_page_is(page, frame->cue.first - 1, "as") ||
           cb_page_is(page, frame->cue.first - 1, "this");
}

/* "…," said Lind, the minister. – by what stands around: a mark before the cue, behind it a noun phrase up
 * to the next mark, without a verb. The tree then often takes what is said for the subject. */
static bool is_inverted(const struct cb_page *page, const struct cb_frame *frame)
{
    int32_t begin = cb_page_first(page, frame->head), end = cb_page_last(page, frame->head);
    char before = frame->cue.first > begin ? cb_page_mark(page, frame->cue.first - 1) : 0;
    unsigned next = cb_page_tag(page, frame->cue.last + 1);
    static const char *const nominative[] = {"he", "she", "they", "i", "we", NULL};
    if ((before != ',' && before != '"' && before != '-') || frame->cue.last >= end ||
        (frame->word->classes & CB_CUE_QUOTE) == 0 || cb_page_tag(page, frame->head) == CB_TAG_VBG)
        return false;
    if (!(cb_tag_is_noun((uint8_t)next) || next == CB_TAG_DT || next == CB_TAG_JJ ||
          next == CB_TAG_PRP_POSS || next == CB_TAG_CD || cb_page_any(page, frame->cue.last + 1, nominative)))
        return false;
    for (int32_t at = frame->cue.last + 1, steps = 0; at <= end && steps < 25; at++, steps++) {
        char mark = cb_page_mark(page, at);
        unsigned tag = cb_page_tag(page, at);
        if (mark == ',' || mark == '.' || mark == '"' || mark == '-' || mark == ';' || mark == ':' ||
            mark == '?')
            return true;
        if (tag == CB_TAG_VBD || tag == CB_TAG_VBZ || tag == CB_TAG_VBP || tag == CB_TAG_MD ||
            cb_page_is(page, at, "that"))
            return false;
    }
    return true;
}

/* The source of an inverted cue: the noun phrase behind it with its appositions. */
static void source_behind(const struct cb_page *page, struct cb_frame *frame)
{
    int32_t first = frame->cue.last + 1, end = cb_page_last(page, frame->head), head = first, last = first;
    for (int32_t at = first, steps = 0; at >= 0 && steps < 12; at = page->heads[at], steps++) {
        if (page->left[at] < first || at == frame->head || cb_tag_is_verb((uint8_t)cb_page_tag(page, at)))
            break;
        head = at;
    }
    last = page->right[head];
    if (last < first)
        last = first;
    /* the tree may break at a comma: ", head of …" goes on */
    while (last + 2 < end && cb_page_mark(page, last + 1) == ',' &&
           (cb_page_tag(page, last + 2) == CB_TAG_DT || cb_page_is(page, last + 2, "who")) &&
           page->left[page->heads[last + 2] >= 0 ? page->heads[last + 2] : last + 2] > last)
        last = page->right[page->heads[last + 2] >= 0 ? page->heads[last + 2] : last + 2];
    frame->source_head = head;
    frame->source = cb_span_trim(page, (struct cb_piece){first, last});
}

/* A participle that the tree hung nowhere: the subject of the sentence. */
static int32_t sentence_subject(const struct cb_page *page, int32_t h)
{
    for (int32_t at = h, steps = 0; at >= 0 && steps < 12; at = page->heads[at], steps++) {
        int32_t subject =
            page->heads[at] >= 0 ? cb_page_child(page, page->heads[at], CB_REL_NSUBJ) : CB_NO_TOKEN;
        if (subject >= 0 && subject < h)
            return subject;
    }
    return CB_NO_TOKEN;
}

static void make_frame(const struct cb_page *page, int32_t h, struct cb_frame *frame)
{
    *frame = (struct cb_frame){.word = page->words[h], .head = h, .source_head = CB_NO_TOKEN};
    frame->cue = cb_span_verb_group(page, h);
    frame->passive = cb_span_is_passive(page, h);
    int32_t subject = frame->passive ? cb_span_agent(page, h) : cb_span_subject(page, h);
    unsigned relation = cb_page_relation(page, h);
    if (subject < 0 && !frame->passive && cb_page_tag(page, h) == CB_TAG_VBN && relation == CB_REL_ACL) {
        frame->passive = true;
        subject = cb_span_agent(page, h);
    }
    if (cb_page_tag(page, h) == CB_TAG_VBN && relation == CB_REL_ACL && !frame->passive) {
        frame->passive = true;
        subject = cb_span_agent(page, h);
    }
    if (subject >= 0 && cb_page_any(page, subject, dummies) && cb_page_is(page, subject, "which") == false)
        subject = CB_NO_TOKEN;
    if (subject >= 0 && subject >= frame->cue.first && subject <= frame->cue.last)
        subject = CB_NO_TOKEN;
    if (subject > h && !may_be_inverted(page, frame, subject))
        subject = CB_NO_TOKEN;
    if (subject < 0 && !frame->passive && cb_page_tag(page, h) == CB_TAG_VBG)
        subject = sentence_subject(page, h);
    frame->source_head = subject;
    if (source_behind_quote(page, frame))
        return;
    if (is_inverted(page, frame))
        source_behind(page, frame);
    else if (subject >= 0)
        frame->source = cb_span_source(page, subject, frame->cue);
    else if (!frame->passive && (frame->word->classes & CB_CUE_QUOTE) != 0 && frame->word->strength == 3 &&
             cb_page_tag(page, h) != CB_TAG_VBG && relation != CB_REL_CONJ)
        source_before(page, frame);
    if (frame->source_head < 0 && !frame->passive && is_finite(page, h) && frame->word->strength >= 2 &&
        relation != CB_REL_CONJ && relation != CB_REL_ACL_RELCL)
        source_beside(page, frame);
    if (frame->source_head >= 0) {
        unsigned tag = cb_page_tag(page, frame->source_head);
        frame->relative = tag == CB_TAG_WP || tag == CB_TAG_WDT;
    }
}

/* "what she said", "the plan that she described": the pronoun before is what was said. */
static int32_t relative_content(const struct cb_page *page, const struct cb_frame *frame)
{
    int32_t object = cb_page_child(page, frame->head, CB_REL_OBJ);
    unsigned tag = cb_page_tag(page, object);
    if (object >= 0 && object < frame->head && (tag == CB_TAG_WP || tag == CB_TAG_WDT))
        return object;
    int32_t before = frame->source_head >= 0 ? frame->source.first - 1 : CB_NO_TOKEN;
    unsigned relation = cb_page_relation(page, frame->head);
    tag = cb_page_tag(page, before);
    if (before >= cb_page_first(page, frame->head) &&
        (relation == CB_REL_ACL_RELCL || relation == CB_REL_CCOMP) && (tag == CB_TAG_WP || tag == CB_TAG_WDT))
        return before;
    return CB_NO_TOKEN;
}

static bool is_relative_pronoun(const struct cb_page *page, int32_t token)
{
    unsigned tag = cb_page_tag(page, token);
    return tag == CB_TAG_WDT || tag == CB_TAG_WP;
}

/* The clause behind the cue: "said (that) …", "asked whether …". */
static int32_t clause_after(const struct cb_page *page, const struct cb_frame *frame)
{
    for (int32_t c = page->child[frame->head]; c >= 0; c = page->sibling[c]) {
        if (c > frame->head && cb_page_relation(page, c) == CB_REL_CCOMP)
            return c;
    }
    return CB_NO_TOKEN;
}

static int32_t behind_cue(const struct cb_frame *frame)
{
    return frame->source_head > frame->head && frame->source.last > frame->cue.last ? frame->source.last + 1
                                                                                    : frame->cue.last + 1;
}

/* "that" behind the cue and a hearer, a time or a place, when the tree has no clause there. */
static int32_t that_after(const struct cb_page *page, const struct cb_frame *frame)
{
    int32_t at = behind_cue(frame), end = cb_page_last(page, frame->head);
    bool tells = (frame->word->classes & CB_CUE_TELL) != 0;
    for (unsigned steps = 0; at < end && steps < 16; at++, steps++) {
        unsigned tag = cb_page_tag(page, at);
        char mark = cb_page_mark(page, at);
        if (cb_page_is(page, at, "that") && (tag == CB_TAG_IN || (tells && tag == CB_TAG_WDT)))
            return at;
        if (cb_tag_is_verb((uint8_t)tag) || (mark != 0 && !(mark == '"' && tells) && mark != ','))
            return CB_NO_TOKEN;
    }
    return CB_NO_TOKEN;
}

static float by_strength(const struct cb_frame *frame, float weak, float often, float strong)
{
    float score = frame->word->strength == 3 ? strong : frame->word->strength == 2 ? often : weak;
    return frame->source_head >= 0 && !frame->guessed ? score : score * 0.8F;
}

/* The parser often hangs the subject of what was said on the cue: what follows the cue at once and is no
 * hearer, time or place begins the clause. */
static int32_t clause_begin(const struct cb_page *page, const struct cb_frame *frame, int32_t least,
                            int32_t first)
{
    if (first > least && cb_page_is(page, least, "that"))
        return least;
    if (first > least && (frame->word->classes & (CB_CUE_TELL | CB_CUE_ASK)) == 0 &&
        !cb_page_is(page, first, "that")) {
        unsigned tag = cb_page_tag(page, least);
        static const char *const openers[] = {"if", "whether", "how", "why", "when", "what", "who", NULL};
        if (tag == CB_TAG_DT || tag == CB_TAG_NNP || tag == CB_TAG_PRP || tag == CB_TAG_PRP_POSS ||
            tag == CB_TAG_NNS || tag == CB_TAG_NN || tag == CB_TAG_JJ || tag == CB_TAG_NNPS ||
            cb_page_any(page, least, openers))
            return least;
    }
    while (first < least || cb_page_mark(page, first) == ',')
        first++;
    return first;
}

static bool rule_clause(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    int32_t clause = clause_after(page, frame), least = behind_cue(frame), first, through;
    if (clause >= 0) {
        first = page->left[clause];
        through = page->right[clause];
    } else {
        first = that_after(page, frame);
        clause = first;
        through = cb_span_clause_end(page, frame->head);
        if (first < 0)
            return false;
    }
    first = clause_begin(page, frame, least, first);
    if (through <= first)
        return false;
    bool that = cb_page_is(page, first, "that");
    if ((frame->word->classes & (CB_CUE_SAY | CB_CUE_TELL | CB_CUE_THINK | CB_CUE_SHOW)) == 0 && !that)
        return false;
    struct cb_draft *draft =
        cb_rule_draft(drafts, frame, CB_RULE_CLAUSE, by_strength(frame, 0.4F, 0.75F, 0.95F));
    if (draft == NULL)
        return false;
    int32_t pronoun = frame->relative ? CB_NO_TOKEN : relative_content(page, frame);
    if (pronoun >= 0 && is_relative_pronoun(page, pronoun) && !that)
        cb_rule_content(draft, (struct cb_piece){pronoun, pronoun}); /* "which, he says, has …" */
    cb_rule_content(draft, cb_span_clause(page, frame->head, first, through));
    return true;
}

/* "vowed to …", "urged them to …", "called the charges baseless". */
static bool rule_infinitive(const struct cb_page *page, const struct cb_frame *frame,
                            struct cb_drafts *drafts)
{
    unsigned classes = frame->word->classes;
    int32_t clause = cb_page_child(page, frame->head, CB_REL_XCOMP);
    if (clause < frame->head || (classes & (CB_CUE_WANT | CB_CUE_ASK | CB_CUE_TELL | CB_CUE_NAME |
                                            CB_CUE_THINK | CB_CUE_SAY | CB_CUE_LIKE | CB_CUE_RULE)) == 0)
        return false;
    int32_t object = cb_page_child(page, frame->head, CB_REL_OBJ);
    if (object < 0)
        object = cb_page_child(page, frame->head, CB_REL_IOBJ);
    int32_t first = page->left[clause];
    static const char *const hearers[] = {"told", "tell",    "tells",    "telling",    "warned", "warns",
                                          "warn", "warning", "reminded", "instructed", NULL};
    if (object > frame->cue.last && object < clause && !cb_page_any(page, frame->head, hearers) &&
        page->left[object] > frame->cue.last)
        first = page->left[object];
    if (first < behind_cue(frame))
        first = behind_cue(frame);
    if (page->right[clause] < first)
        return false;
    bool meant = (classes & (CB_CUE_WANT | CB_CUE_ASK | CB_CUE_NAME)) != 0;
    struct cb_draft *draft = cb_rule_draft(drafts, frame, CB_RULE_INFINITIVE,
                                           meant ? by_strength(frame, 0.15F, 0.55F, 0.8F) : 0.4F);
    if (draft != NULL)
        cb_rule_content(draft, cb_span_clause(page, frame->head, first, page->right[clause]));
    return draft != NULL;
}

static bool leads(const struct cb_page *page, const struct cb_frame *frame, int32_t preposition)
{
    if (preposition < 0)
        return false;
    struct cb_span span = page->reading->tokens[preposition].span;
    return (cb_cue_preposition(page->reading->text + span.start, span.end - span.start) &
            frame->word->prepositions) != 0;
}

/* The preposition that leads from the cue to its content, and the phrase it governs. */
static int32_t led_phrase(const struct cb_page *page, const struct cb_frame *frame, int32_t *preposition)
{
    for (int32_t c = page->child[frame->head]; c >= 0; c = page->sibling[c]) {
        unsigned relation = cb_page_relation(page, c);
        if (c <= frame->cue.last ||
            (relation != CB_REL_OBL && relation != CB_REL_ADVCL && relation != CB_REL_XCOMP))
            continue;
        *preposition = cb_page_child(page, c, relation == CB_REL_OBL ? CB_REL_CASE : CB_REL_MARK);
        if (*preposition == page->left[c] && leads(page, frame, *preposition))
            return c;
    }
    return CB_NO_TOKEN;
}

static bool rule_object(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    unsigned classes = frame->word->classes;
    if ((classes & (CB_CUE_TALK | CB_CUE_LIKE | CB_CUE_NAME | CB_CUE_RULE | CB_CUE_WANT | CB_CUE_THINK |
                    CB_CUE_SHOW)) == 0)
        return false;
    int32_t object = cb_page_child(page, frame->head, CB_REL_OBJ);
    int32_t pronoun = relative_content(page, frame);
    struct cb_draft *draft;
    if (object < frame->head && pronoun >= 0) {
        draft = cb_rule_draft(drafts, frame, CB_RULE_RELATIVE, by_strength(frame, 0.2F, 0.5F, 0.7F));
        if (draft != NULL)
            cb_rule_content(draft, (struct cb_piece){pronoun, pronoun});
        return draft != NULL;
    }
    if (object <= frame->cue.last || page->left[object] < behind_cue(frame))
        return false;
    int32_t through = page->right[object], preposition = CB_NO_TOKEN;
    int32_t phrase = led_phrase(page, frame, &preposition);
    draft = cb_rule_draft(drafts, frame, CB_RULE_OBJECT, by_strength(frame, 0.2F, 0.45F, 0.7F));
    if (draft == NULL)
        return false;
    int32_t first = page->left[object];
    if (phrase > object && cb_page_is(page, preposition, "of") && preposition - frame->cue.last < 8) {
        draft->cue.last = preposition; /* "accused her of" */
        first = preposition + 1;
        through = page->right[phrase];
    } else if (phrase > object && page->right[phrase] > through) {
        through = page->right[phrase];
    }
    cb_rule_content(draft, cb_span_phrase(page, frame->head, first, through));
    return true;
}

static bool rule_preposition(const struct cb_page *page, const struct cb_frame *frame,
                             struct cb_drafts *drafts)
{
    int32_t preposition = CB_NO_TOKEN, phrase = led_phrase(page, frame, &preposition);
    if (phrase < 0 || page->right[phrase] <= preposition)
        return false;
    struct cb_draft *draft =
        cb_rule_draft(drafts, frame, CB_RULE_PREPOSITION, by_strength(frame, 0.2F, 0.5F, 0.75F));
    if (draft == NULL)
        return false;
    if (preposition - draft->cue.last <= 3 && frame->source_head < frame->head)
        draft->cue.last = preposition;
    cb_rule_content(draft, cb_span_phrase(page, frame->head, preposition + 1, page->right[phrase]));
    return true;
}

static bool rule_passive(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    int32_t subject = cb_page_child(page, frame->head, CB_REL_NSUBJ_PASS), clause = clause_after(page, frame);
    if (subject < 0)
        subject = cb_page_child(page, frame->head, CB_REL_NSUBJ);
    if (!frame->passive)
        return false;
    if (clause < 0)
        clause = cb_page_child(page, frame->head, CB_REL_XCOMP);
    if (clause < 0)
        clause = cb_page_child(page, frame->head, CB_REL_CSUBJ_PASS);
    bool dummy = subject >= 0 && cb_page_is(page, subject, "it");
    if ((subject < 0 || dummy || page->left[subject] >= frame->cue.first) && clause <= frame->cue.last)
        return false;
    float score = by_strength(frame, 0.15F, 0.35F, 0.5F) + (frame->source_head >= 0 ? 0.2F : 0);
    struct cb_draft *draft = cb_rule_draft(drafts, frame, CB_RULE_PASSIVE, score);
    if (draft == NULL)
        return false;
    if (subject >= 0 && !dummy)
        cb_rule_content(draft, cb_span_source(page, subject, frame->cue));
    if (clause > frame->cue.last && page->left[clause] > frame->cue.last)
        cb_rule_content(draft, cb_span_clause(page, frame->head, page->left[clause], page->right[clause]));
    if (draft->pieces == 0)
        drafts->count--;
    return draft->pieces > 0;
}

/* "as Lind said": the clause it hangs on. */
static bool rule_as(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    int32_t h = frame->head, mark = cb_page_child(page, h, CB_REL_MARK);
    if (cb_page_relation(page, h) != CB_REL_ADVCL || mark < 0 || !cb_page_is(page, mark, "as") ||
        (frame->word->classes & (CB_CUE_SAY | CB_CUE_THINK)) == 0 || frame->source_head < 0)
        return false;
    struct cb_piece span = {page->left[h], page->right[h]};
    int32_t begin = cb_page_first(page, h), end = cb_page_last(page, h);
    struct cb_draft *draft = cb_rule_draft(drafts, frame, CB_RULE_CLAUSE_AROUND, 0.5F);
    if (draft == NULL)
        return false;
    if (span.first > begin + 1)
        cb_rule_content(draft, cb_span_trim(page, (struct cb_piece){begin, span.first - 1}));
    if (span.last < end - 1 && span.first <= begin + 1)
        cb_rule_content(draft, cb_span_trim(page, (struct cb_piece){span.last + 1, end}));
    if (draft->pieces == 0)
        drafts->count--;
    return draft->pieces > 0;
}

/* Last resort for a strong verb of saying in a tree gone wrong: what follows to the end of the sentence. */
static bool rule_rest(const struct cb_page *page, const struct cb_frame *frame, struct cb_drafts *drafts)
{
    int32_t first = frame->cue.last + 1, end = cb_span_clause_end(page, frame->head);
    static const char *const plain[] = {"said", "says", "say", "saying", NULL};
    if (!cb_page_any(page, frame->head, plain) || frame->source_head < 0 ||
        frame->source_head > frame->head || first >= end || cb_page_mark(page, first) != 0)
        return false;
    if (end - first > CB_PAGE_WINDOW)
        end = first + CB_PAGE_WINDOW;
    bool verb = false;
    for (int32_t i = first; i <= end && !verb; i++)
        verb = cb_tag_is_verb((uint8_t)cb_page_tag(page, i));
    if (!verb && end - first > 3)
        return false;
    struct cb_draft *draft = cb_rule_draft(drafts, frame, CB_RULE_CLAUSE, 0.5F);
    if (draft != NULL)
        cb_rule_content(draft, cb_span_clause(page, frame->head, first, end));
    return draft != NULL;
}

static const struct cb_cue_word unknown_verb = {
    .lemma = "", .part = CB_CUE_VERB, .strength = 1, .classes = CB_CUE_SAY};

static bool (*const verb_rules[])(const struct cb_page *, const struct cb_frame *, struct cb_drafts *) = {
    cb_rule_colon, cb_rule_parenthesis, cb_rule_quote_after, rule_passive,     rule_clause, cb_rule_island,
    rule_as,       rule_infinitive,     rule_object,         rule_preposition, rule_rest};

static void rule_verb(const struct cb_page *page, int32_t h, struct cb_drafts *drafts)
{
    struct cb_frame frame;
    /* a plain verb of saying is never an auxiliary, whatever the tree thinks */
    bool auxiliary = cb_page_relation(page, h) == CB_REL_AUX &&
                     (page->words[h]->strength < 3 || (page->words[h]->classes & CB_CUE_QUOTE) == 0);
    if (cb_span_is_chained(page, h) || auxiliary || cb_page_relation(page, h) == CB_REL_AMOD ||
        cb_page_relation(page, h) == CB_REL_CASE || cb_page_relation(page, h) == CB_REL_COMPOUND)
        return;
    if (h == cb_page_first(page, h) && (page->reading->tokens[h].flags & CB_TOKEN_ALL_CAPS) != 0)
        return; /* "READ MORE: …" */
    make_frame(page, h, &frame);
    for (size_t i = 0; i < sizeof verb_rules / sizeof *verb_rules; i++) {
        if (verb_rules[i](page, &frame, drafts))
            return;
    }
}

/* A verb the lexicon does not know, with a clause that begins with "that". */
static void rule_unknown(const struct cb_page *page, int32_t h, struct cb_drafts *drafts)
{
    struct cb_frame frame = {.word = &unknown_verb, .head = h};
    int32_t clause = clause_after(page, &frame);
    if (clause < 0 || !cb_page_is(page, page->left[clause], "that"))
        return;
    frame.cue = cb_span_verb_group(page, h);
    frame.source_head = cb_span_subject(page, h);
    if (frame.source_head < 0 || cb_page_any(page, frame.source_head, dummies))
        return;
    frame.source = cb_span_source(page, frame.source_head, frame.cue);
    rule_clause(page, &frame, drafts);
}

void cb_rules_find(const struct cb_page *page, uint32_t first_sentence, uint32_t end_sentence,
                   struct cb_drafts *drafts)
{
    const uint32_t *first_token = page->reading->first_token;
    for (uint32_t s = first_sentence; s < end_sentence && !drafts->failed; s++) {
        int32_t ends = CB_NO_TOKEN; /* a cue that is done */
        size_t before = drafts->count;
        if (first_token[s] < first_token[s + 1]) {
            cb_rule_headline(page, (int32_t)first_token[s], drafts);
            if (!cb_rule_headline_end(page, (int32_t)first_token[s], &ends, drafts))
                ends = CB_NO_TOKEN;
        }
        for (uint32_t t = first_token[s]; t < first_token[s + 1]; t++) {
            const struct cb_cue_word *word = page->words[t];
            int32_t h = (int32_t)t;
            if (h == ends)
                continue;
            if (cb_page_is(page, h, "according"))
                cb_rule_according(page, h, drafts);
            else if (word == NULL && cb_tag_is_verb(page->reading->nodes[t].tag) && page->child[t] >= 0)
                rule_unknown(page, h, drafts);
            else if (word != NULL && word->part == CB_CUE_VERB)
                rule_verb(page, h, drafts);
            else if (word != NULL && word->part == CB_CUE_NOUN)
                cb_rule_noun(page, h, drafts);
            else if (word != NULL)
                cb_rule_adjective(page, h, drafts);
        }
        if (first_token[s] < first_token[s + 1])
            cb_rule_end(page, (int32_t)first_token[s], before, drafts);
    }
    cb_rules_settle(page, drafts);
}
