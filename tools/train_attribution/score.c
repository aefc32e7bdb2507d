#include "tools/train_attribution/score.h"

#include <stdlib.h>
#include <string.h>

enum { SOURCE, CUE, CONTENT, ROLES };

/* One attribution of either side as three roles. */
struct parts {
    struct gold_role roles[ROLES];
};

static struct parts parts_of_gold(const struct gold *gold)
{
    return (struct parts){{gold->source, gold->cue, gold->content}};
}

static struct parts parts_of_found(const struct cb_attribution_found *found)
{
    struct parts parts = {0};
    if (found->has_source)
        parts.roles[SOURCE] = (struct gold_role){{found->source}, 1};
    if (found->has_cue)
        parts.roles[CUE] = (struct gold_role){{found->cue}, 1};
    for (size_t i = 0; i < found->content_count && i < GOLD_SPANS; i++)
        parts.roles[CONTENT].spans[parts.roles[CONTENT].count++] = found->content[i];
    return parts;
}

static bool same(const struct gold_role *a, const struct gold_role *b)
{
    return a->count == b->count && memcmp(a->spans, b->spans, a->count * sizeof *a->spans) == 0;
}

static size_t common(const struct gold_role *a, const struct gold_role *b)
{
    size_t sum = 0;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            uint32_t start = a->spans[i].start > b->spans[j].start ? a->spans[i].start : b->spans[j].start;
            uint32_t end = a->spans[i].end < b->spans[j].end ? a->spans[i].end : b->spans[j].end;
            sum += end > start ? end - start : 0;
        }
    }
    return sum;
}

static size_t size_of(const struct gold_role *role)
{
    size_t sum = 0;
    for (size_t i = 0; i < role->count; i++)
        sum += role->spans[i].end - role->spans[i].start;
    return sum;
}

/* Is a[i]'s role the first of its kind? Sets count equal spans once. */
static bool is_new(const struct parts *a, size_t i, int role)
{
    for (size_t k = 0; k < i; k++) {
        if (same(&a[k].roles[role], &a[i].roles[role]))
            return false;
    }
    return a[i].roles[role].count > 0;
}

static void tally_role(struct score *score, int role, const struct parts *want, size_t wants,
                       const struct parts *got, size_t gots)
{
    for (size_t i = 0; i < gots; i++) {
        if (!is_new(got, i, role))
            continue;
        bool exact = false, overlap = false;
        for (size_t k = 0; k < wants; k++) {
            exact = exact || same(&got[i].roles[role], &want[k].roles[role]);
            overlap = overlap || common(&got[i].roles[role], &want[k].roles[role]) > 0;
        }
        score->exact[role].found++;
        score->overlap[role].found++;
        score->exact[role].right += exact;
        score->overlap[role].right += overlap;
    }
    for (size_t i = 0; i < wants; i++) {
        if (!is_new(want, i, role))
            continue;
        bool exact = false, overlap = false;
        for (size_t k = 0; k < gots; k++) {
            exact = exact || same(&want[i].roles[role], &got[k].roles[role]);
            overlap = overlap || common(&want[i].roles[role], &got[k].roles[role]) > 0;
        }
        score->exact[role].gold++;
        score->overlap[role].gold++;
        score->exact[role].gold_right += exact;
        score->overlap[role].gold_right += overlap;
    }
}

static bool whole(const struct parts *want, const struct parts *got)
{
    const struct gold_role *a = &want->roles[CONTENT], *b = &got->roles[CONTENT];
    size_t both = common(a, b);
    return both * 2 >= size_of(a) + size_of(b) - both &&
           (want->roles[SOURCE].count == 0 || common(&want->roles[SOURCE], &got->roles[SOURCE]) > 0);
}

static bool is_saying(const char *text, const struct gold_role *cue)
{
    static const char *const words[] = {"say",     "says",   "said",  "saying",  "tell",    "tells",
                                        "telling", "told",   "add",   "adds",    "added",   "adding",
                                        "write",   "writes", "wrote", "written", "writing", NULL};
    for (size_t s = 0; s < cue->count; s++) {
        for (uint32_t at = cue->spans[s].start; at < cue->spans[s].end;) {
            uint32_t end = at;
            char word[16] = {0};
            while (end < cue->spans[s].end && ((text[end] | 32) >= 'a') && ((text[end] | 32) <= 'z')) {
                if (end - at < 15)
                    word[end - at] = (char)(text[end] | 32);
                end++;
            }
            for (size_t i = 0; words[i] != NULL; i++) {
                if (strcmp(word, words[i]) == 0)
                    return true;
            }
            if (strcmp(word, "according") == 0)
                return true;
            at = end > at ? end : at + 1;
        }
    }
    return false;
}

void score_article(struct score *score, const struct article *article,
                   const struct cb_attribution_found *found, size_t count)
{
    struct parts *want = calloc(article->gold_count + 1, sizeof *want);
    struct parts *got = calloc(count + 1, sizeof *got);
    bool *taken = calloc(count + 1, sizeof *taken);
    size_t gots = 0;
    if (want != NULL && got != NULL && taken != NULL) {
        for (size_t i = 0; i < article->gold_count; i++)
            want[i] = parts_of_gold(&article->golds[i]);
        for (size_t i = 0; i < count; i++) {
            if (found[i].outer < 0)
                got[gots++] = parts_of_found(&found[i]);
        }
        for (int role = 0; role < ROLES; role++)
            tally_role(score, role, want, article->gold_count, got, gots);
        for (size_t i = 0; i < gots; i++) {
            score->whole.found++;
            score->saying.found += is_saying(article->reading.text, &got[i].roles[CUE]);
        }
        for (size_t i = 0; i < article->gold_count; i++) {
            bool saying = is_saying(article->reading.text, &want[i].roles[CUE]);
            score->whole.gold++;
            score->saying.gold += saying;
            for (size_t k = 0; k < gots; k++) {
                if (taken[k] || !whole(&want[i], &got[k]))
                    continue;
                taken[k] = true;
                score->whole.right++;
                score->whole.gold_right++;
                score->saying.right += saying;
                score->saying.gold_right += saying;
                break;
            }
        }
    }
    free(want);
    free(got);
    free(taken);
}

static double f1(const struct tally *t, double *precision, double *recall)
{
    *precision = t->found > 0 ? 100.0 * (double)t->right / (double)t->found : 0;
    *recall = t->gold > 0 ? 100.0 * (double)t->gold_right / (double)t->gold : 0;
    return *precision + *recall > 0 ? 2 * *precision * *recall / (*precision + *recall) : 0;
}

void score_print(FILE *out, const struct score *score)
{
    double e[3], o[3], p, r, w, s;
    for (int i = 0; i < ROLES; i++) {
        e[i] = f1(&score->exact[i], &p, &r);
        o[i] = f1(&score->overlap[i], &p, &r);
    }
    s = f1(&score->saying, &p, &r);
    w = f1(&score->whole, &p, &r);
    fprintf(out, "exact %.1f/%.1f/%.1f | overlap %.1f/%.1f/%.1f | whole %.1f (P %.1f R %.1f) | saying %.1f\n",
            e[0], e[1], e[2], o[0], o[1], o[2], w, p, r, s);
}

static void print_role(FILE *out, const char *text, const char *name, const struct gold_role *role)
{
    fprintf(out, " %s[", name);
    for (size_t i = 0; i < role->count; i++) {
        fprintf(out, "%s", i > 0 ? " || " : "");
        for (uint32_t at = role->spans[i].start; at < role->spans[i].end; at++)
            fputc(text[at] == '\n' ? '/' : text[at], out);
    }
    fprintf(out, "]");
}

static void print_parts(FILE *out, const char *text, const char *head, const struct parts *parts)
{
    fprintf(out, "%s", head);
    print_role(out, text, "S", &parts->roles[SOURCE]);
    print_role(out, text, "C", &parts->roles[CUE]);
    print_role(out, text, "Q", &parts->roles[CONTENT]);
    fputc('\n', out);
}

static struct gold_role bytes_of(const struct article *article, const struct cb_piece *pieces, size_t count)
{
    const struct cb_token *tokens = article->reading.tokens;
    struct gold_role role = {0};
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].first >= 0)
            role.spans[role.count++] =
                (struct cb_span){tokens[pieces[i].first].span.start, tokens[pieces[i].last].span.end};
    }
    return role;
}

bool score_is_right_draft(const struct article *article, const struct cb_draft *draft)
{
    struct parts got = {.roles = {bytes_of(article, &draft->source, 1), bytes_of(article, &draft->cue, 1),
                                  bytes_of(article, draft->content, draft->pieces)}};
    for (size_t i = 0; i < article->gold_count; i++) {
        struct parts want = parts_of_gold(&article->golds[i]);
        if (whole(&want, &got))
            return true;
    }
    return false;
}

void score_errors(FILE *out, const struct article *article, const struct cb_attribution_found *found,
                  size_t count)
{
    const char *text = article->reading.text;
    for (size_t i = 0; i < article->gold_count; i++) {
        struct parts want = parts_of_gold(&article->golds[i]);
        bool hit = false;
        const struct cb_attribution_found *near = NULL;
        for (size_t k = 0; k < count && !hit; k++) {
            struct parts got = parts_of_found(&found[k]);
            hit = found[k].outer < 0 && whole(&want, &got);
            if (found[k].outer < 0 && common(&want.roles[CUE], &got.roles[CUE]) > 0)
                near = &found[k];
        }
        if (hit)
            continue;
        print_parts(out, text, near != NULL ? "WRONG " : "MISSED", &want);
        if (near != NULL) {
            struct parts got = parts_of_found(near);
            print_parts(out, text, "   got", &got);
        }
    }
    for (size_t k = 0; k < count; k++) {
        struct parts got = parts_of_found(&found[k]);
        bool near = false;
        for (size_t i = 0; i < article->gold_count && !near; i++)
            near = common(&article->golds[i].cue, &got.roles[CUE]) > 0;
        if (!near && found[k].outer < 0)
            print_parts(out, text, "EXTRA ", &got);
    }
}
