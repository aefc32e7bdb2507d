/* The consistency report for people and for programs. */
#include "report/consistency.h"
#include "report/page.h"
#include "report/width.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 16 * 1024 * 1024 };

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

void cb_modality_words(FILE *out, const char *modality, bool spoken)
{
    if (strcmp(modality, "denied") == 0)
        (void)fputs(spoken ? " denies" : ", denied", out);
    else if (strcmp(modality, "stated") != 0)
        (void)fprintf(out, " (%s)", modality);
}

/* What each side of a contradiction rests on: together they would look like support for something. */
static void put_sides(FILE *out, const struct cb_topic *topic)
{
    for (size_t p = 0; p < topic->position_count; p++) {
        const struct cb_position *side = topic->positions[p];
        (void)fprintf(out, "%s%c rests on ", p > 0 ? "; " : "", p < 26 ? (char)('A' + p) : '+');
        if (side->origins > 0 || side->unknown_origins == 0)
            (void)fprintf(out, "%lld known origin%s", (long long)side->origins, plural(side->origins));
        if (side->unknown_origins > 0)
            (void)fprintf(out, "%s%lld document%s of unknown origin", side->origins > 0 ? " and " : "",
                          (long long)side->unknown_origins, plural(side->unknown_origins));
    }
    (void)fputc('.', out);
}

/* The same for what comes from one place, or nobody knows where from. */
static bool put_one_origin(FILE *out, const struct cb_topic *topic)
{
    bool clash = topic->clash_count > 0;
    if (topic->documents == 1)
        (void)fputs("All of it stands in one document.", out);
    else if (topic->origins == 0)
        (void)fputs("Nobody recorded where these documents have it from: they may or may not be independent.",
                    out);
    else if (topic->origins == 1 && topic->unknown_origins == 0)
        (void)fputs(clash ? "All of it comes from one origin, the contradiction too."
                          : "All of it comes from one origin: it is repeated, not confirmed.",
                    out);
    else
        return false;
    return true;
}

/* What the counts of origins mean, in a sentence. */
static void put_meaning(FILE *out, const struct cb_topic *topic)
{
    if (put_one_origin(out, topic))
        return;
    if (topic->clash_count > 0)
        put_sides(out, topic);
    else if (topic->unknown_origins > 0)
        (void)fprintf(out, "%lld known origin%s; of %lld document%s nobody recorded the origin.",
                      (long long)topic->origins, plural(topic->origins), (long long)topic->unknown_origins,
                      plural(topic->unknown_origins));
    else
        (void)fprintf(out, "%lld independent origins.", (long long)topic->origins);
}

static void put_counts(FILE *out, const struct cb_topic *topic)
{
    (void)fprintf(out, "%lld document%s, %lld source%s, %lld known origin%s", (long long)topic->documents,
                  plural(topic->documents), (long long)topic->sources, plural(topic->sources),
                  (long long)topic->origins, plural(topic->origins));
}

static void put_summary(FILE *out, const struct cb_consistency *report)
{
    size_t agreed = report->topic_count - report->contradicted;
    (void)fprintf(out, "%zu statement%s that several make alike, %zu on which they contradict each other; ",
                  agreed, plural((int64_t)agreed), report->contradicted);
    (void)fprintf(out, "%lld document%s of %lld source%s, %lld known origin%s", (long long)report->documents,
                  plural(report->documents), (long long)report->sources, plural(report->sources),
                  (long long)report->origins, plural(report->origins));
    if (report->unknown_origins > 0)
        (void)fprintf(out, ", %lld document%s of unknown origin", (long long)report->unknown_origins,
                      plural(report->unknown_origins));
}

/* ---- text */

struct text_out {
    FILE *out;
    size_t width; /* SIZE_MAX: lines are not broken */
    const char *strong, *plain;
    enum cb_code code;
    struct cb_err *err;
};

/* A paragraph: its first line at `indent`, the others `hang` further in. Control characters are masked. */
static void put_paragraph(struct text_out *to, size_t indent, size_t hang, const char *text)
{
    struct cb_buffer wrapped;
    cb_buffer_init(&wrapped, TEXT_MAX);
    size_t taken = indent + hang;
    size_t room = to->width == SIZE_MAX ? SIZE_MAX : to->width > taken + 20 ? to->width - taken : 20;
    cb_text_wrap(text, strlen(text), room, &wrapped);
    (void)fprintf(to->out, "%*s", (int)indent, "");
    for (const char *at = cb_buffer_text(&wrapped); *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '\n')
            (void)fprintf(to->out, "\n%*s", (int)taken, "");
        else
            (void)fputc(c < 0x20 || c == 0x7f ? '?' : c, to->out);
    }
    (void)fputc('\n', to->out);
    if (to->code == CB_OK)
        to->code = cb_buffer_status(&wrapped, "a paragraph", to->err);
    cb_buffer_release(&wrapped);
}

/* Text that is put together by `put` and then laid out as a paragraph. */
typedef void put_words(FILE *out, const void *what);

static void put_words_paragraph(struct text_out *to, size_t indent, size_t hang, put_words *put,
                                const void *what)
{
    char *text = NULL;
    size_t len = 0;
    FILE *memory = open_memstream(&text, &len);
    if (memory != NULL) {
        put(memory, what);
        if (fclose(memory) == 0)
            put_paragraph(to, indent, hang, text);
    }
    if (text == NULL && to->code == CB_OK)
        to->code = cb_no_memory(to->err);
    free(text);
}

static void said_words(FILE *out, const void *what)
{
    const struct cb_said *said = what;
    (void)fputs(said->source, out);
    if (said->speaker != NULL)
        (void)fprintf(out, ", %s", said->speaker);
    cb_modality_words(out, said->modality, said->speaker != NULL);
    (void)fprintf(out, ": “%s”", said->text);
}

/* The claims of the same document that this one stands for; they stand next to it. */
static void put_also(FILE *out, const struct cb_position *position, const struct cb_said *said)
{
    bool first = true;
    for (const struct cb_said *other = position->said; other < position->said + position->said_count;
         other++) {
        if (other->shown_as != said)
            continue;
        (void)fprintf(out, "%s%s", first ? ", also as " : ", ", other->claim);
        if (strcmp(other->status, said->status) != 0)
            (void)fprintf(out, " (%s)", other->status);
        first = false;
    }
}

/* A claim and the position that it belongs to. */
struct said_there {
    const struct cb_position *position;
    const struct cb_said *said;
};

static void said_details(FILE *out, const void *what)
{
    const struct said_there *there = what;
    const struct cb_said *said = there->said;
    (void)fprintf(out, "%s  %s", said->claim, said->status);
    if (said->published != NULL)
        (void)fprintf(out, ", published %s", said->published);
    if (said->quantities != NULL)
        (void)fprintf(out, ", quantities: %s", said->quantities);
    put_also(out, there->position, said);
}

static void clash_words(FILE *out, const void *what)
{
    const struct cb_clash *clash = what;
    (void)fprintf(out, "%s against %s: %s", clash->a_source, clash->b_source, clash->type);
    if (clash->a_quantity != NULL || clash->b_quantity != NULL)
        (void)fprintf(out, " (%s – %s)", clash->a_quantity != NULL ? clash->a_quantity : "nothing",
                      clash->b_quantity != NULL ? clash->b_quantity : "nothing");
    (void)fprintf(out, " [%s, %s]", clash->a_claim, clash->b_claim);
}

static void origin_line(FILE *out, const void *what)
{
    const struct cb_behind *behind = what;
    (void)fprintf(out, "%s: %s", behind->known ? "origin" : "origin not known", behind->name);
    if (behind->source != NULL)
        (void)fprintf(out, " of %s", behind->source);
    (void)fprintf(out, " – %s", behind->reason);
    if (behind->documents > 1)
        (void)fprintf(out, " (%lld documents)", (long long)behind->documents);
}

static void meaning_words(FILE *out, const void *what)
{
    put_meaning(out, what);
}

static void summary_words(FILE *out, const void *what)
{
    put_summary(out, what);
}

static void text_position(struct text_out *to, const struct cb_position *position)
{
    for (size_t i = 0; i < position->said_count; i++) {
        const struct said_there there = {position, &position->said[i]};
        if (there.said->shown_as != NULL)
            continue;
        put_words_paragraph(to, 4, 4, said_words, there.said);
        put_words_paragraph(to, 8, 2, said_details, &there);
    }
    for (size_t i = 0; i < position->behind_count; i++)
        put_words_paragraph(to, 4, 4, origin_line, &position->behind[i]);
}

static void text_topic(struct text_out *to, const struct cb_topic *topic, size_t number)
{
    bool clash = topic->clash_count > 0;
    (void)fprintf(to->out, "\n%s%3zu  %s%s  ", to->strong, number, clash ? "CONTRADICTION" : "AGREEMENT",
                  to->plain);
    put_counts(to->out, topic);
    (void)fputc('\n', to->out);
    for (size_t p = 0; p < topic->position_count; p++) {
        if (clash)
            (void)fprintf(to->out, "  %s%c%s\n", to->strong, p < 26 ? (char)('A' + p) : '+', to->plain);
        text_position(to, topic->positions[p]);
    }
    for (size_t i = 0; i < topic->clash_count; i++)
        put_words_paragraph(to, 2, 4, clash_words, &topic->clashes[i]);
    put_words_paragraph(to, 2, 2, meaning_words, topic);
}

static enum cb_code print_text(const struct cb_consistency *report, const struct cb_sink_options *options,
                               struct cb_err *err)
{
    struct text_out to = {
        .out = options->out,
        .width = options->terminal ? options->width : SIZE_MAX,
        .strong = options->color ? "\033[1m" : "",
        .plain = options->color ? "\033[0m" : "",
        .err = err,
    };
    struct cb_utf8_mode mode;
    cb_utf8_enter(&mode);
    put_words_paragraph(&to, 0, 0, summary_words, report);
    for (size_t t = 0; t < report->topic_count && to.code == CB_OK; t++)
        text_topic(&to, &report->topics[t], t + 1);
    cb_utf8_leave(&mode);
    return to.code;
}

/* ---- JSON Lines: one topic an object */

static void json_field(FILE *out, const char *name, const char *value, bool first)
{
    (void)fprintf(out, "%s\"%s\":", first ? "" : ",", name);
    cb_json_string(out, value, value != NULL ? strlen(value) : 0);
}

static void json_position(FILE *out, const struct cb_position *position)
{
    (void)fputc('{', out);
    json_field(out, "cluster", position->cluster, true);
    (void)fprintf(
        out, ",\"documents\":%lld,\"sources\":%lld,\"origins\":%lld,\"unknown_origins\":%lld,\"claims\":[",
        (long long)position->documents, (long long)position->sources, (long long)position->origins,
        (long long)position->unknown_origins);
    for (size_t i = 0; i < position->said_count; i++) {
        const struct cb_said *said = &position->said[i];
        (void)fputs(i > 0 ? ",{" : "{", out);
        json_field(out, "claim", said->claim, true);
        json_field(out, "document", said->document, false);
        json_field(out, "source", said->source, false);
        json_field(out, "title", said->title, false);
        json_field(out, "speaker", said->speaker, false);
        json_field(out, "modality", said->modality, false);
        json_field(out, "kind", said->kind, false);
        json_field(out, "status", said->status, false);
        json_field(out, "published", said->published, false);
        json_field(out, "url", said->url, false);
        json_field(out, "quantities", said->quantities, false);
        json_field(out, "text", said->text, false);
        json_field(out, "shown_as", said->shown_as != NULL ? said->shown_as->claim : NULL, false);
        (void)fputc('}', out);
    }
    (void)fputs("],\"behind\":[", out);
    for (size_t i = 0; i < position->behind_count; i++) {
        (void)fputs(i > 0 ? ",{" : "{", out);
        json_field(out, "origin", position->behind[i].origin, true);
        json_field(out, "name", position->behind[i].name, false);
        json_field(out, "source", position->behind[i].source, false);
        json_field(out, "reason", position->behind[i].reason, false);
        (void)fprintf(out, ",\"known\":%s,\"documents\":%lld}", position->behind[i].known ? "true" : "false",
                      (long long)position->behind[i].documents);
    }
    (void)fputs("]}", out);
}

static void json_topic(FILE *out, const struct cb_topic *topic, size_t number)
{
    (void)fprintf(out,
                  "{\"topic\":%zu,\"relation\":\"%s\",\"documents\":%lld,\"sources\":%lld,\"origins\":%lld,"
                  "\"unknown_origins\":%lld,\"positions\":[",
                  number, topic->clash_count > 0 ? "contradicts" : "agrees", (long long)topic->documents,
                  (long long)topic->sources, (long long)topic->origins, (long long)topic->unknown_origins);
    for (size_t p = 0; p < topic->position_count; p++) {
        if (p > 0)
            (void)fputc(',', out);
        json_position(out, topic->positions[p]);
    }
    (void)fputs("],\"contradictions\":[", out);
    for (size_t i = 0; i < topic->clash_count; i++) {
        const struct cb_clash *clash = &topic->clashes[i];
        (void)fputs(i > 0 ? ",{" : "{", out);
        json_field(out, "type", clash->type, true);
        json_field(out, "a_claim", clash->a_claim, false);
        json_field(out, "b_claim", clash->b_claim, false);
        json_field(out, "a_quantity", clash->a_quantity, false);
        json_field(out, "b_quantity", clash->b_quantity, false);
        json_field(out, "reasons", clash->reasons, false);
        json_field(out, "decided_by", clash->decided_by, false);
        (void)fputc('}', out);
    }
    (void)fputs("]}\n", out);
}

/* ---- CSV: one claim a row */

static struct cb_cell cell_of(const char *text)
{
    return (struct cb_cell){.text = text, .len = text != NULL ? strlen(text) : 0};
}

static enum cb_code csv_topic(struct cb_sink *sink, const struct cb_topic *topic, size_t number,
                              struct cb_err *err)
{
    char topic_no[24], origins[24], unknown[24];
    (void)snprintf(topic_no, sizeof topic_no, "%zu", number);
    enum cb_code code = CB_OK;
    for (size_t p = 0; p < topic->position_count && code == CB_OK; p++) {
        const struct cb_position *position = topic->positions[p];
        (void)snprintf(origins, sizeof origins, "%lld", (long long)position->origins);
        (void)snprintf(unknown, sizeof unknown, "%lld", (long long)position->unknown_origins);
        for (size_t i = 0; i < position->said_count && code == CB_OK; i++) {
            const struct cb_said *said = &position->said[i];
            const struct cb_cell cells[] = {
                cell_of(topic_no),          cell_of(topic->clash_count > 0 ? "contradicts" : "agrees"),
                cell_of(position->cluster), cell_of(origins),
                cell_of(unknown),           cell_of(said->claim),
                cell_of(said->source),      cell_of(said->speaker),
                cell_of(said->status),      cell_of(said->quantities),
                cell_of(said->published),   cell_of(said->document),
                cell_of(said->url),         cell_of(said->text),
                cell_of(said->modality),    cell_of(said->shown_as != NULL ? said->shown_as->claim : NULL),
            };
            code = cb_sink_row(sink, cells, err);
        }
    }
    return code;
}

static enum cb_code print_csv(const struct cb_consistency *report, const struct cb_sink_options *options,
                              struct cb_err *err)
{
    static const struct cb_column columns[] = {
        {"topic", CB_TYPE_NUMBER, CB_TYPE_TEXT},
        {"relation", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"cluster", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"origins", CB_TYPE_NUMBER, CB_TYPE_TEXT},
        {"unknown_origins", CB_TYPE_NUMBER, CB_TYPE_TEXT},
        {"claim", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"source", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"speaker", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"status", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"quantities", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"published", CB_TYPE_TIME, CB_TYPE_TEXT},
        {"document", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"url", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"text", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"modality", CB_TYPE_TEXT, CB_TYPE_TEXT},
        {"shown_as", CB_TYPE_TEXT, CB_TYPE_TEXT},
    };
    struct cb_sink *sink = NULL;
    enum cb_code code = cb_sink_new(options, &sink, err);
    if (code == CB_OK)
        code = cb_sink_begin(sink, columns, sizeof columns / sizeof *columns, err);
    for (size_t t = 0; t < report->topic_count && code == CB_OK; t++)
        code = csv_topic(sink, &report->topics[t], t + 1, err);
    if (code == CB_OK)
        code = cb_sink_end(sink, NULL, err);
    cb_sink_free(sink);
    return code;
}

/* ---- HTML */

static void html(FILE *out, const char *text)
{
    if (text != NULL)
        cb_html_text(out, text, strlen(text));
}

static void html_words(FILE *out, const char *element, put_words *put, const void *what)
{
    char *text = NULL;
    size_t len = 0;
    FILE *memory = open_memstream(&text, &len);
    if (memory == NULL)
        return;
    put(memory, what);
    (void)fprintf(out, "<%s>", element);
    if (fclose(memory) == 0)
        cb_html_text(out, text, len);
    (void)fprintf(out, "</%.4s>\n", element);
    free(text);
}

static void html_position(FILE *out, const struct cb_position *position)
{
    (void)fputs("<table>\n<thead><tr><th scope=\"col\">claim</th><th scope=\"col\">source</th><th "
                "scope=\"col\">speaker</th>"
                "<th scope=\"col\">how</th><th scope=\"col\">text</th><th scope=\"col\">quantities</th><th "
                "scope=\"col\">status</th>"
                "<th scope=\"col\">published</th></tr></thead>\n<tbody>\n",
                out);
    for (size_t i = 0; i < position->said_count; i++) {
        const struct cb_said *said = &position->said[i];
        if (said->shown_as != NULL)
            continue;
        const char *const cells[] = {said->claim, said->source,     said->speaker, said->modality,
                                     said->text,  said->quantities, said->status,  said->published};
        (void)fputs("<tr>", out);
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
            (void)fputs("<td>", out);
            html(out, cells[c]);
            if (c == 0)
                put_also(out, position, said);
            (void)fputs("</td>", out);
        }
        (void)fputs("</tr>\n", out);
    }
    (void)fputs("</tbody>\n</table>\n<ul>\n", out);
    for (size_t i = 0; i < position->behind_count; i++)
        html_words(out, "li", origin_line, &position->behind[i]);
    (void)fputs("</ul>\n", out);
}

static enum cb_code print_html(const struct cb_consistency *report, const struct cb_sink_options *options)
{
    FILE *out = options->out;
    cb_page_begin(out, "What the sources agree on, and what they do not");
    html_words(out, "p", summary_words, report);
    for (size_t t = 0; t < report->topic_count; t++) {
        const struct cb_topic *topic = &report->topics[t];
        bool clash = topic->clash_count > 0;
        (void)fprintf(out, "<section>\n<h2>%zu. %s: ", t + 1, clash ? "Contradiction" : "Agreement");
        put_counts(out, topic);
        (void)fputs("</h2>\n", out);
        for (size_t p = 0; p < topic->position_count; p++)
            html_position(out, topic->positions[p]);
        for (size_t i = 0; i < topic->clash_count; i++)
            html_words(out, "p", clash_words, &topic->clashes[i]);
        html_words(out, "p", meaning_words, topic);
        (void)fputs("</section>\n", out);
    }
    cb_page_end(out);
    return CB_OK;
}

enum cb_code cb_consistency_print(const struct cb_consistency *report, const struct cb_sink_options *options,
                                  struct cb_err *err)
{
    switch (options->format) {
    case CB_FORMAT_CSV:
        return print_csv(report, options, err);
    case CB_FORMAT_HTML:
        return print_html(report, options);
    case CB_FORMAT_JSON:
        for (size_t t = 0; t < report->topic_count; t++)
            json_topic(options->out, &report->topics[t], t + 1);
        return CB_OK;
    case CB_FORMAT_TABLE:
        break;
    }
    return print_text(report, options, err);
}
