#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "importer/html_element.h"
#include "tests/unit/importer/reading.h"

static struct reading r;

static void read_page(const char *page)
{
    assert_int_equal(read_bytes(&r, "p", page, strlen(page), 0), CB_OK);
}

#define P1                                                                                                   \
    "The harbour of Lund was closed on Monday, the council said, after the old crane had fallen into the "   \
    "water."
#define P2                                                                                                   \
    "Nobody was hurt, but the ferry will not sail before the end of the week, according to its owner, Ann "  \
    "Berg."
#define P3                                                                                                   \
    "The crane, built in 1911, had been inspected in the spring, and no fault was found, the council said."

static const char whole_page[] =
    "<!DOCTYPE html><html lang='en-GB'><head><title>Crane falls into harbour | Lund Post</title>"
    "<meta property='og:site_name' content='Lund Post'><meta property='og:title' content='Crane falls into "
    "harbour'>"
    "<link rel='canonical' href='https://lundpost.example/2019/03/15/crane'>"
    "<meta property='article:modified_time' content='2019-03-16T08:00:00+01:00'>"
    "<script "
    "type='application/ld+json'>{\"@context\":\"https://"
    "schema.org\",\"@graph\":[{\"@type\":\"Organization\",\"name\":\"Lund "
    "Post\"},{\"@type\":\"NewsArticle\",\"headline\":\"Crane falls into "
    "harbour\",\"datePublished\":\"2019-03-15T09:30:00+01:00\","
    "\"author\":{\"@id\":\"#kim\"}},{\"@type\":\"Person\",\"@id\":\"#kim\",\"name\":\"Kim "
    "O&#39;Dell\"}]}</script>"
    "<style>p { color: red }</style></head><body>"
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
    "<header><h1 class='site-title'>Lund Post</h1></header>"
    "<div class='cookie-banner'><p>We use cookies, and so do our partners, to make this page better for you, "
    "dear reader.</p></div>"
    "<main><article><h1>Crane falls into harbour</h1><p class='byline'>By Kim O'Dell</p>"
    "<p>" P1 "</p><h2>Nobody hurt</h2><p>" P2
    "</p><ul><li>The crane weighed 40 tonnes.</li><li>It was painted green.</li></ul>"
    "<blockquote>It was there all my life.</blockquote>"
    "<div class='related-articles'><h3>Related</h3><ul><li><a href='/x'>Ferry late again</a></li></ul></div>"
    "<p>" P3 "</p><p><a href='/more'>Read more about the ferry</a></p><p>Advertisement</p>"
    "<h3>Leave a comment</h3><p>Write something here.</p></article></main>"
    "<aside class='sidebar'><p>Most read: the mayor, the mill, and the moose, all in one long sentence of "
    "ours.</p></aside>"
    "<div id='comments'><p>First comment, which is long, has commas, and says nothing, as comments "
    "do.</p></div>"
    "<footer><p>© 2019 Lund Post, all rights reserved, here and elsewhere.</p></footer></body></html>";

static void test_whole(void **state)
{
    (void)state;
    read_page(whole_page);
    assert_string_equal(
        r.text, "Crane falls into harbour\n" P1 "\nNobody hurt\n" P2
                "\nThe crane weighed 40 tonnes.\nIt was painted green.\nIt was there all my life.\n" P3 "\n");
    assert_true(r.has_title);
    assert_string_equal(r.title, "Crane falls into harbour");
    assert_string_equal(r.byline, "Kim O'Dell");
    assert_string_equal(r.site, "Lund Post");
    assert_string_equal(r.published, "2019-03-15T09:30:00+01:00");
    assert_string_equal(r.modified, "2019-03-16T08:00:00+01:00");
    assert_string_equal(r.url, "https://lundpost.example/2019/03/15/crane");
    assert_string_equal(r.language, "en-GB");
    assert_string_equal(r.media_type, "text/html");
}

/* the same from meta, microdata, a time element, the text and the address */
static void test_metadata(void **state)
{
    (void)state;
    static const struct {
        const char *head, *body, *byline, *published;
    } cases[] = {
        {"<meta name='author' content='Ann Lind'><meta name='date' content='2018-05-04'>", "", "Ann Lind",
         "2018-05-04"},
        {"",
         "<span itemprop='author'><b itemprop='name'>Ann Lind</b></span><time "
         "datetime='2018-05-04T10:00:00Z'>x</time>",
         "Ann Lind", "2018-05-04T10:00:00Z"},
        {"", "<a rel='author'>Ann Lind</a><span class='post-date'>May 4, 2018</span>", "Ann Lind",
         "2018-05-04"},
        {"", "<p class='author-line'>Von Ann Lind, 4. Mai 2018</p>", "Ann Lind", "2018-05-04"},
        {"<link rel='canonical' href='https://a.example/2018/05/04/x'>", "<p>By Ann Lind</p>", "Ann Lind",
         "2018-05-04"},
        {"", "<div>By&nbsp;<a href='/x'>Ann Lind</a> <span>May 4, 2018</span></div>", "Ann Lind",
         "2018-05-04"},
        {"", "<span class='by-author'>Posted on May 4, 2018</span>", "", "2018-05-04"},
        {"<meta name='author' content='admin'>", "<p>04.05.2018</p>", "", "2018-05-04"},
        {"<meta name='author' content='https://a.example/ann'>", "", "", ""},
        {"<script type='application/ld+json'>{\"@type\":\"Article\",\"author\":[{\"name\":\"Ann Lind\"},\"Bo "
         "Ek\"],\n"
         "\"datePublished\":\"2018-05-04\"}</script>",
         "", "Ann Lind; Bo Ek", "2018-05-04"},
        {"<script type='application/ld+json'>{ broken</script>", "", "", ""},
        /* one word is better than nothing, and a name than the beginning of the site's */
        {"", "<a rel='author' href='/author/alind/'>alind</a>", "alind", ""},
        {"<meta property='og:site_name' content='Lund Online News'><meta name='author' content='Lund'>",
         "<p class='byline-author'>Posted by Ann Lind, Bo Ek, Kim Maria Odell and Per O Dahl - Harbour "
         "team</p>",
         "Ann Lind, Bo Ek, Kim Maria Odell and Per O Dahl", ""},
        {"<meta property='og:site_name' content='Lund Online News'><meta name='author' content='Lund'>", "",
         "Lund", ""},
        {"", "<div data-author='Kim Odell'>x</div>", "Kim Odell", ""},
        {"<meta name='description' content='The crane fell (news of 4 May 2018)'>", "", "", "2018-05-04"},
        {"", "<p>By <!-- --><!-- a > b -->Ann Lind</p>", "Ann Lind", ""},
        {"<meta property='article:published_time' content='soon'>", "<em>le 4 mai 2018</em>", "",
         "2018-05-04"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char page[4096];
        (void)snprintf(page, sizeof page,
                       "<html><head><title>T</title>%s</head><body>%s<article><p>%s</p><p>%s</p></article></"
                       "body></html>",
                       cases[i].head, cases[i].body, P1, P2);
        read_page(page);
        assert_string_equal(r.byline, cases[i].byline);
        assert_string_equal(r.published, cases[i].published);
    }
}

static void test_text(void **state)
{
    (void)state;
    read_page("<html><body><div class=content>" P1 "<br><br>" P2 "<br>" P3 "</div></body></html>");
    assert_string_equal(r.text, P1 "\n" P2 "\n" P3 "\n");
    assert_false(r.has_title);
    read_page(
        "<html><body><p>" P1
        "</p><p>One&nbsp;<b>bo</b>ld   word &amp; more &lt;here&gt;.</p><pre>line one\nline two</pre>" P2
        "</body></html>");
    assert_string_equal(r.text, P1 "\nOne bold word & more <here>.\nline one\nline two\n" P2 "\n");
    read_page("<html><body><table><tr><td>" P1
              "</td></tr><tr><td>A</td><td>B</td></tr></table></body></html>");
    assert_string_equal(r.text, P1 "\nA B\n");
    read_page("<html><body><p hidden>" P1 "</p><p style='display:none'>" P2 "</p><p>" P3
              "</p></body></html>");
    assert_string_equal(r.text, P3 "\n");
    read_page("<html><body><form action=x><p>" P1 "</p><p>" P2
              "</p></form></body></html>"); /* one form round all */
    assert_string_equal(r.text, P1 "\n" P2 "\n");
    read_page("<html><body class='has-sidebar category-comments'><p>" P1 "</p></body></html>");
    assert_string_equal(r.text, P1 "\n");
}

/* what is taken for a page: by content, not by name */
/* What scripts, styles and comments hold is not read, however it looks; what stands behind them is. */
static void test_source(void **state)
{
    (void)state;
    static const char *const hidden[] = {
        "<script>var a = '<p>hidden</p>'; if (a<b) { b = \"<!-- \"; }</script>",
        "<SCRIPT type=\"text/javascript\">hidden</Script >",
        "<style>p:before { content: '<div>hidden' }</style>",
        "<!-- <p>hidden</p> <script> -->",
        "<!--hidden--!>",
        "<!-->hidden-->",
        "<script src='a'></script>",
        "<script src=\"a>b\">hidden</script>",
        "<script src = \"a>b\">hidden</script>",
        "<p title='<script>'></p>",
        "<script/>",
        "<b title=\"<!--\"></b>",
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        char page[4096];
        (void)snprintf(page, sizeof page, "<html><body><div><p>%s</p>%s<p>%s</p></div></body></html>", P1,
                       hidden[i], P2);
        read_page(page);
        assert_string_equal(r.text, P1 "\n" P2 "\n");
    }
    /* what is never closed goes on to the end */
    read_page("<html><body><p>" P1 "</p><p>" P2 "</p><script>x = '<p>hidden</p>'; </body></html>");
    assert_string_equal(r.text, P1 "\n" P2 "\n");
}

/* A page of nothing but openings must not take a time that grows with the square of its length. */
static void test_many_openings(void **state)
{
    (void)state;
    static const char *const openings[] = {"<script>", "<!-- ", "<!-- -", "<style", "<a b='", "<", "<!"};
    enum { LENGTH = 4 * 1024 * 1024 };
    char *page = malloc(LENGTH + 1);
    assert_non_null(page);
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        size_t len = (size_t)sprintf(page, "<html><body><p>" P1 "</p>"), n = strlen(openings[i]);
        for (; len + n <= LENGTH; len += n)
            memcpy(page + len, openings[i], n);
        assert_int_equal(read_bytes(&r, "p", page, len, 0), CB_OK);
        assert_int_equal(r.documents + r.rejects, 1);
    }
    free(page);
}

/* They are found by their order. */
static void test_elements(void **state)
{
    (void)state;
    for (enum cb_element e = CB_EL_OTHER + 1; e < CB_EL_COUNT; e++)
        assert_int_equal(cb_element_of(cb_element_name(e)), e);
    assert_int_equal(cb_element_of("no-such-element"), CB_EL_OTHER);
    assert_true(cb_element_is_heading(CB_EL_H2) && cb_element_is_inline(CB_EL_SPAN) &&
                cb_element_is_dropped(CB_EL_NAV));
}

static void test_sniff(void **state)
{
    (void)state;
    static const char *const pages[] = {"\xEF\xBB\xBF\n<!-- saved --><!DOCTYPE HTML><p>" P1,
                                        "<br />\n<b>Warning</b>: x<html><body><p>" P1, "<HTML><p>" P1,
                                        "<div>" P1 "</div>"};
    static const char *const texts[] = {"<sigh> " P1, "The tag <html> opens a page. " P1, "< 5 people came"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        read_page(pages[i]);
        assert_string_equal(r.media_type, "text/html");
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_page(texts[i]);
        assert_string_equal(r.media_type, "text/plain");
        assert_string_equal(r.text, texts[i]);
    }
}

/* an opening paragraph set apart from the article, which the page's description repeats; and a sentence of
 * links */
static void test_lede(void **state)
{
    (void)state;
    read_page(
        "<html><head><meta name='description' content='" P1
        "'></head><body><header><h1>Crane</h1><h2 class='teaser'>" P1 "</h2></header><article><p>" P2
        "</p><p>It was <a href=x>reported by the paper and by others in the town</a> before, he said.</p>"
        "<p>" P3 "</p><p><a href=y>More about the ferry</a></p></article></body></html>");
    assert_string_equal(
        r.text, "Crane\n" P1 "\n" P2
                "\nIt was reported by the paper and by others in the town before, he said.\n" P3 "\n");
    read_page("<html><head><meta name='description' content='" P1 "'></head><body><article><p>" P1
              "</p><p>" P2 "</p></article></body></html>");
    assert_string_equal(r.text, P1 "\n" P2 "\n");
}

static void test_script_text(void **state)
{
    (void)state;
    read_page(
        "<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" P1
        " " P2 "\"}</script></head><body><p>Please enable scripts.</p></body></html>");
    assert_string_equal(r.text, P1 " " P2 "\n");
}

static void test_encodings(void **state)
{
    (void)state;
    static const char windows[] =
        "<html><head><meta charset='windows-1252'></head><body><p>Caf\xE9 \x93na\xEFve\x94 " P1
        "</p></body></html>";
    read_page(windows);
    assert_non_null(strstr(r.text, "Café “naïve” The"));
    assert_string_equal(r.media_type, "text/html; charset=windows-1252");
    static const char koi8[] = "<html><body><p>\xED\xC9\xCE\xC9\xD3\xD4\xD2 " P1 "</p></body></html>";
    const struct cb_entry entry = {.path = "p", .media_type = "text/html; charset=koi8-r"};
    assert_int_equal(read_entry(&r, &entry, koi8, sizeof koi8 - 1, 0), CB_OK);
    assert_non_null(strstr(r.text, "Министр The"));
    read_page("<html><body><p>" P1
              " \xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9 broken \xE2\x82 byte " P2
              "</p></body></html>");
    assert_non_null(strstr(r.text, "été broken \xEF\xBF\xBD"));
    static const char wide[] = "\xFF\xFE<\0h\0t\0m\0l\0>\0<\0p\0>\0H\0i\0 \0t\0h\0e\0r\0e\0.\0<\0/\0p\0>\0";
    assert_int_equal(read_bytes(&r, "p", wide, sizeof wide - 1, 0), CB_OK);
    assert_string_equal(r.text, "Hi there.\n");
}

static void test_damaged(void **state)
{
    (void)state;
    enum { DEEP = 200000 };
    read_page("<html><body></body></html>");
    assert_string_equal(r.log, "- p:0: holds no article text\n");
    read_page("<html><body><p>" P1 "</p><div <<< &#0; &bogus; <p>" P2); /* never closed */
    assert_int_equal(r.documents, 1);
    assert_non_null(strstr(r.text, P1));
    char *deep = malloc((size_t)DEEP * 5 + 64);
    assert_non_null(deep);
    char *at = deep + sprintf(deep, "<html><body>");
    for (int i = 0; i < DEEP; i++)
        at += sprintf(at, "<div>");
    assert_int_equal(read_bytes(&r, "p", deep, (size_t)(at - deep), 0), CB_OK);
    assert_string_equal(r.log, "- p:0: elements nested deeper than 512\n");
    free(deep);
    size_t big = (size_t)17 << 20;
    char *page = malloc(big);
    assert_non_null(page);
    memset(page, 'x', big);
    memcpy(page, "<html><body>", 12);
    assert_int_equal(read_bytes(&r, "p", page, big, 0), CB_OK);
    assert_string_equal(r.log, "- p:0: larger than 16777216 bytes\n");
    free(page);
}

/* the parser's time grows with the square of a tag's attributes */
static void test_crowded_tag(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    char *page = malloc((size_t)MANY * 12 + 64);
    assert_non_null(page);
    char *at = page + sprintf(page, "<html><body><p");
    for (int i = 0; i < MANY; i++)
        at += sprintf(at, " a%d=1", i);
    at += sprintf(at, ">Rain.</p></body></html>");
    assert_int_equal(read_bytes(&r, "p", page, (size_t)(at - page), 0), CB_OK);
    assert_string_equal(r.log, "- p:0: a tag with more than 4096 attributes\n");
    free(page);
}

/* every beginning of a page is a page or a reject, never a crash */
static void test_cut(void **state)
{
    (void)state;
    for (size_t len = 1; len < sizeof whole_page; len += 7) {
        assert_int_equal(read_bytes(&r, "p", whole_page, len, 0), CB_OK);
        assert_int_equal(r.documents + r.rejects, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),     cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_text),      cmocka_unit_test(test_script_text),
        cmocka_unit_test(test_sniff),     cmocka_unit_test(test_lede),
        cmocka_unit_test(test_encodings), cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_cut),       cmocka_unit_test(test_crowded_tag),
        cmocka_unit_test(test_source),    cmocka_unit_test(test_many_openings),
        cmocka_unit_test(test_elements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
