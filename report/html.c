#include "report/page.h"
#include "report/shown.h"
#include "report/sink_kind.h"

#include <string.h>

enum { CELL_MAX = 1 << 30 }; /* the server's own limit of a value */

void cb_html_text(FILE *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        switch (text[i]) {
        case '<':
            (void)fputs("&lt;", out);
            break;
        case '>':
            (void)fputs("&gt;", out);
            break;
        case '&':
            (void)fputs("&amp;", out);
            break;
        case '"':
            (void)fputs("&quot;", out);
            break;
        case '\'':
            (void)fputs("&#39;", out);
            break;
        default:
            (void)fputc((unsigned char)text[i], out);
        }
    }
}

void cb_page_begin(FILE *out, const char *title)
{
    (void)fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
                out);
    cb_html_text(out, title, strlen(title));
    (void)fputs(
        "</title>\n<style>\n"
        "body { font: 1rem/1.45 system-ui, sans-serif; margin: 2rem; color: #1b1b1b; background: #fff }\n"
        "table { border-collapse: collapse }\n"
        "th, td { border: 1px solid #c8c8c8; padding: .3rem .6rem; text-align: left; vertical-align: top }\n"
        "th { background: #f1f1f1 }\n"
        "td.number { text-align: right; font-variant-numeric: tabular-nums }\n"
        "</style>\n</head>\n<body>\n<h1>",
        out);
    cb_html_text(out, title, strlen(title));
    (void)fputs("</h1>\n", out);
}

void cb_page_end(FILE *out)
{
    (void)fputs("</body>\n</html>\n", out);
}

static enum cb_code begin(struct cb_sink *sink, struct cb_err *err)
{
    (void)err;
    FILE *out = sink->options.out;
    cb_page_begin(out, sink->options.title != NULL ? sink->options.title : "claimbase");
    (void)fputs("<table>\n<thead><tr>", out);
    for (size_t i = 0; i < sink->column_count; i++) {
        (void)fputs("<th scope=\"col\">", out);
        cb_html_text(out, sink->columns[i].name, strlen(sink->columns[i].name));
        (void)fputs("</th>", out);
    }
    (void)fputs("</tr></thead>\n<tbody>\n", out);
    return CB_OK;
}

static enum cb_code row(struct cb_sink *sink, const struct cb_cell *cells, struct cb_err *err)
{
    FILE *out = sink->options.out;
    struct cb_buffer shown;
    cb_buffer_init(&shown, CELL_MAX);
    (void)fputs("<tr>", out);
    for (size_t i = 0; i < sink->column_count; i++) {
        (void)fputs(sink->columns[i].type == CB_TYPE_NUMBER ? "<td class=\"number\">" : "<td>", out);
        cb_buffer_clear(&shown);
        cb_show_cell(&sink->columns[i], &cells[i], &shown);
        cb_html_text(out, cb_buffer_text(&shown), shown.len);
        (void)fputs("</td>", out);
    }
    (void)fputs("</tr>\n", out);
    enum cb_code code = cb_buffer_status(&shown, "a cell", err);
    cb_buffer_release(&shown);
    return code;
}

static enum cb_code end(struct cb_sink *sink, struct cb_err *err)
{
    (void)err;
    (void)fputs("</tbody>\n</table>\n", sink->options.out);
    cb_page_end(sink->options.out);
    return CB_OK;
}

static void release(struct cb_sink *sink)
{
    (void)sink;
}

const struct cb_sink_kind cb_sink_html = {begin, row, end, release};
