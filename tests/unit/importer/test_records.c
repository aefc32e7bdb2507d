/* JSON Lines and Markdown */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/importer/reading.h"

static struct reading r;

static void read_text(const char *path, const char *text)
{
    assert_int_equal(read_bytes(&r, path, text, strlen(text), 0), CB_OK);
}

static void test_json_lines(void **state)
{
    (void)state;
    read_text("d.jsonl", "{\"text\":\"Ferry sinks\\nIt sank.\",\"title\":\"Ferry sinks\",\"byline\":\"Ann "
                         "Lind\",\"published\":\"2019-03-15\","
                         "\"url\":\"https://a.example/1\",\"language\":\"en\",\"source\":\"Lund "
                         "Post\",\"external_id\":\"x1\"}\n"
                         "\n"
                         "{\"content\": \"Second.\", \"authors\": [\"Bo Ek\"], \"date_publish\": 5}\r\n"
                         "{\"title\":\"no text\"}\n"
                         "{\"text\": broken}\n"
                         "[1,2]\n"
                         "{\"text\":\"Third.\",\"date\":\"some day\"}\n"
                         "{\"text\":\"a\",\"text\":\"b\"}\n"
                         "{\"text\":\"Last.\"}");
    assert_string_equal(r.log, "+ d.jsonl#1|Ferry sinks\nIt sank.\n"
                               "+ d.jsonl#3|Second.\n"
                               "- d.jsonl:4: has no \"text\"\n"
                               "- d.jsonl:5: is no JSON: invalid token near 'broken' at column 15\n"
                               "- d.jsonl:6: is no JSON object\n"
                               "- d.jsonl:7: 'published' is no date: 'some day'\n"
                               "- d.jsonl:8: is no JSON: duplicate object key near '\"text\"' at column 18\n"
                               "+ d.jsonl#9|Last.\n");
    read_text("d.jsonl", "{\"text\":\"Ferry sinks\\nIt sank.\",\"title\":\"Ferry sinks\",\"byline\":\"Ann "
                         "Lind\",\"published\":\"2019-03-15\","
                         "\"url\":\"https://a.example/1\",\"language\":\"en\",\"source\":\"Lund "
                         "Post\",\"external_id\":\"x1\"}");
    assert_true(r.has_title);
    assert_string_equal(r.byline, "Ann Lind");
    assert_string_equal(r.published, "2019-03-15");
    assert_string_equal(r.url, "https://a.example/1");
    assert_string_equal(r.source, "Lund Post");
    assert_string_equal(r.external_id, "x1");
}

static void test_json_limits(void **state)
{
    (void)state;
    char lines[4096] = "{\"text\":\"";
    memset(lines + 9, 'x', 2000);
    strcpy(lines + 2009, "\"}\n{\"text\":\"ok\"}\n");
    assert_int_equal(read_bytes(&r, "d", lines, strlen(lines), 1000), CB_OK);
    assert_string_equal(r.log, "- d:1: line longer than 1000 bytes\n+ d#2|ok\n");
    read_text("d", "{\"text\":\"nul \\u0000 here\"}\n{\"text\":\"\xFF\"}\n{\"text\":\"fine\"}\n");
    assert_int_equal(r.rejects, 2);
    assert_int_equal(r.documents, 1);
    char deep[4096];
    memset(deep, '[', sizeof deep);
    memcpy(deep, "{\"text\":", 8);
    deep[sizeof deep - 2] = '}';
    deep[sizeof deep - 1] = '\0';
    read_text("d", deep);
    assert_int_equal(r.rejects, 1);
    read_text("d", "{not json, but words in braces}\nand more"); /* plain text */
    assert_int_equal(r.documents, 1);
}

static void test_markdown(void **state)
{
    (void)state;
    read_text(
        "d.md",
        "---\ntitle: \"Ferry sinks\"\nauthor: Ann Lind\ndate: 2019-03-15\nlang: en\n---\n\n"
        "The **old** ferry sank\noff _Lund_ on [Monday](https://a.example/x), said `Bo_Ek`.\n\n"
        "## Nobody hurt ##\n\n> It was *cold*,\n> he said.\n\n- one\n- two [a][b]\n\n1. first\n2. second\n\n"
        "![a picture](p.png)\n\n***\n\n```\ncode  here\n```\nsnake_case and 2 * 3 \\*star\\* "
        "~~gone~~<br>\n\n[b]: https://a.example\n");
    assert_string_equal(r.text, "Ferry sinks\nThe old ferry sank off Lund on Monday, said Bo_Ek.\nNobody "
                                "hurt\nIt was cold, he said.\n"
                                "one\ntwo a\nfirst\nsecond\ncode  here\nsnake_case and 2 * 3 *star* gone\n");
    assert_string_equal(r.title, "Ferry sinks");
    assert_string_equal(r.byline, "Ann Lind");
    assert_string_equal(r.published, "2019-03-15");
    assert_string_equal(r.language, "en");
    assert_true(r.has_title);
    read_text("d.md", "# Ferry sinks\n\nIt sank.\n");
    assert_string_equal(r.text, "Ferry sinks\nIt sank.\n");
    assert_true(r.has_title);
    assert_string_equal(r.media_type, "text/markdown");
    read_text("d.md", "---\ntitle: Ferry sinks\n---\n\n# Ferry *sinks*\n\nFerry sinks again.\n");
    assert_string_equal(r.text, "Ferry sinks\nFerry sinks again.\n");
    read_text("d.md", "---\ntitle: Ferry sinks\n---\nFerry sinks again.\n");
    assert_string_equal(r.text, "Ferry sinks\nFerry sinks again.\n");
}

/* what only looks a little like Markdown stays as it is */
static void test_not_markdown(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "#ferry sinks\n\nIt sank.\n", "* one\n* two\n",
        "--- said he\nand left\n",    "It cost 5 * 3 = 15 [sic] (at least).\n",
        "# no empty line\nhere\n",    "---\n\nThree dashes.\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_text("d.md", texts[i]);
        assert_string_equal(r.text, texts[i]);
        assert_string_equal(r.media_type, "text/plain");
    }
    static const char *const cut[] = {
        "---\ntitle: never closed\n", "# T\n\n[a](", "# T\n\n[a][", "# T\n\n[[[[[a", "# T\n\n<b",
        "# T\n\n```\ncode",           "# T\n\n\\"};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        read_text("d.md", cut[i]);
        assert_int_equal(r.documents + r.rejects, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_lines),
        cmocka_unit_test(test_json_limits),
        cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_not_markdown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
