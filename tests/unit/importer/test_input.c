#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "importer/input.h"

/* What one reading gave, as lines: "+ path|text" for a document, "- path: reason" for a reject. */
struct seen {
    char log[65536];
    size_t documents, rejects;
    char media_type[128];
    enum cb_code answer; /* of the document sink */
};

static void note(struct seen *seen, const char *sign, const char *path, const char *between, const char *what)
{
    size_t len = strlen(seen->log);
    (void)snprintf(seen->log + len, sizeof seen->log - len, "%s %s%s%s\n", sign, path, between, what);
}

static enum cb_code take_document(void *context, const struct cb_input_document *document, struct cb_err *err)
{
    struct seen *seen = context;
    seen->documents++;
    note(seen, "+", document->path, "|", document->text);
    assert_int_equal(strlen(document->text), document->text_len);
    (void)snprintf(seen->media_type, sizeof seen->media_type, "%s", document->media_type);
    return seen->answer == CB_OK ? CB_OK : cb_fail(err, seen->answer, "sink is full");
}

static enum cb_code take_reject(void *context, const struct cb_input_reject *reject, struct cb_err *err)
{
    (void)err;
    struct seen *seen = context;
    seen->rejects++;
    note(seen, "-", reject->path, ": ", reject->reason);
    return CB_OK;
}

static enum cb_code read_into(struct seen *seen, const char *path, size_t max, struct cb_err *err)
{
    *seen = (struct seen){.answer = seen->answer};
    const struct cb_input_options options = {
        .document_max = max, .document = take_document, .reject = take_reject, .context = seen};
    return cb_input_read(path, &options, err);
}

static int enter_folder(void **state)
{
    static char folder[] = "/tmp/claimbase-input-XXXXXX";
    (void)strcpy(folder, "/tmp/claimbase-input-XXXXXX");
    *state = mkdtemp(folder);
    return *state != NULL && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    char command[256];
    (void)snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", (char *)*state,
                   (char *)*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void put(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void test_encodings(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *log, *media_type;
    } cases[] = {
#define CASE(bytes, log, type) {bytes, sizeof(bytes) - 1, log, type}
        CASE("One.\r\nTwo.\rThree.\n", "+ f|One.\nTwo.\nThree.\n\n", "text/plain"),
        CASE("\xEF\xBB\xBFMark.", "+ f|Mark.\n", "text/plain"),
        CASE("\xFF\xFEH\0i\0\r\0\n\0", "+ f|Hi\n\n", "text/plain; charset=UTF-16LE"),
        CASE("\xFE\xFF\0H\0\xE9", "+ f|H\xC3\xA9\n", "text/plain; charset=UTF-16BE"),
        CASE("p\0l\0a\0i\0n\0", "+ f|plain\n", "text/plain; charset=UTF-16LE"),
        CASE("\0p\0l\0a\0i\0n", "+ f|plain\n", "text/plain; charset=UTF-16BE"),
        CASE("\xFF\xFE\0\0H\0\0\0i\0\0\0", "+ f|Hi\n", "text/plain; charset=UTF-32LE"),
        CASE(
            "Le caf\xE9 du port est ferm\xE9 depuis l'\xE9t\xE9, a dit la g\xE9rante \x96 une d\xE9"
            "cision que les "
            "clients ne comprennent pas et que la mairie dit ne pas avoir voulue.",
            "+ f|Le caf\xC3\xA9 du port est ferm\xC3\xA9 depuis l'\xC3\xA9t\xC3\xA9, a dit la g\xC3\xA9rante "
            "\xE2\x80\x93 une d\xC3\xA9"
            "cision que les clients ne comprennent pas et que la mairie dit ne pas avoir "
            "voulue.\n",
            "text/plain; charset=windows-1252"),
        CASE("\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xF1\xEA\xE0\xE7\xE0\xEB, \xF7\xF2\xEE \xEC\xEE\xF1\xF2 "
             "\xE7\xE0\xEA\xF0\xFB\xF2 \xE8 \xE1\xF3\xE4\xE5\xF2 \xEE\xF2\xEA\xF0\xFB\xF2 "
             "\xE2\xE5\xF1\xED\xEE\xE9.",
             "+ f|Министр сказал, что мост закрыт и будет открыт весной.\n",
             "text/plain; charset=windows-1251"),
        CASE("", "- f: is empty\n", ""),
        CASE(" \n\t\r\n", "- f: holds no text\n", ""),
        CASE("a\0b", "- f: a NUL byte at byte 1, line 1\n", ""),
        CASE("\x7F"
             "ELF\x02\x01\x01\0\0\0\0\0\x03\0>\0\x01\0",
             "- f: a NUL byte at byte 7, line 1\n", ""),
        CASE("na\xC3\xAFve caf\xC3\xA9, \xC3\xA9t\xC3\xA9, no\xC3\xABl, cr\xC3\xA8me,\nbroken \xE2\x82 here",
             "- f: invalid UTF-8 at byte 43, line 2\n", ""),
        CASE("%PDF-1.7\n\0", "- f: is a PDF file, which is not read: save its text\n", ""),
        CASE("PK\003\004\0",
             "- f: is a packed file (docx, odt, epub, zip), which is not read: save its text\n", ""),
        CASE(
            "\"Text\";\"External ID\";note\r\nIt sank.;1;\r\n",
            "- f: is a CSV file: --claims, --documents, --sentences, --attributions or --links says what its "
            "rows are\n",
            ""),
        CASE("Date, source and text, they say\nIt sank.", "+ f|Date, source and text, they say\nIt sank.\n",
             "text/plain"),
        CASE("Text, claim, note", "+ f|Text, claim, note\n", "text/plain"),
        CASE("{\n  \"a\": 1\n}",
             "- f: is JSON, but not one object a line; reviews of claims are imported with --claimreview\n",
             ""),
        CASE("[\"No,\" he said] and left.", "+ f|[\"No,\" he said] and left.\n", "text/plain"),
        CASE("\xFF\xFEH\0\x00\xD8", "- f: not valid UTF-16LE at byte 4\n", ""),
#undef CASE
    };
    static struct seen seen;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cb_err err = {0};
        put("f", cases[i].bytes, cases[i].len);
        assert_int_equal(read_into(&seen, "f", 0, &err), CB_OK);
        assert_string_equal(seen.log, cases[i].log);
        assert_string_equal(seen.media_type, cases[i].media_type);
    }
}

static void test_folder(void **state)
{
    (void)state;
    static struct seen seen;
    struct cb_err err = {0};
    assert_int_equal(mkdir("d", 0700), 0);
    assert_int_equal(mkdir("d/sub", 0700), 0);
    assert_int_equal(mkdir("d/empty", 0700), 0);
    put("d/b.txt", "Bee", 3);
    put("d/a.txt", "Ay", 2);
    put("d/Z.txt", "Zed", 3);
    put("d/.hidden", "No", 2);
    put("d/sub/c.txt", "Sea", 3);
    put("d/zero.bin", "\0\0\0", 3);
    assert_int_equal(symlink("..", "d/sub/up"), 0); /* a circle by folders */
    assert_int_equal(symlink("self", "d/self"), 0); /* a circle of links */
    assert_int_equal(symlink("nowhere", "d/dangling"), 0);
    assert_int_equal(symlink("a.txt", "d/linked"), 0);
    assert_int_equal(mkfifo("d/pipe", 0600), 0);
    assert_int_equal(read_into(&seen, "d", 0, &err), CB_OK);
    assert_string_equal(seen.log, "+ d/Z.txt|Zed\n"
                                  "+ d/a.txt|Ay\n"
                                  "+ d/b.txt|Bee\n"
                                  "- d/dangling: No such file or directory\n"
                                  "+ d/linked|Ay\n"
                                  "- d/pipe: not a regular file\n"
                                  "- d/self: Too many levels of symbolic links\n"
                                  "+ d/sub/c.txt|Sea\n"
                                  "- d/zero.bin: a NUL byte at byte 0, line 1\n");
}

static void test_unreadable(void **state)
{
    (void)state;
    static struct seen seen;
    struct cb_err err = {0};
    assert_int_equal(read_into(&seen, "missing", 0, &err), CB_OK);
    assert_string_equal(seen.log, "- missing: No such file or directory\n");
    assert_int_equal(mkdir("u", 0755), 0);
    put("u/locked", "x", 1);
    put("u/open", "y", 1);
    assert_int_equal(chmod("u/locked", 0), 0);
    /* root reads everything, so it steps down for a moment */
    uid_t user = geteuid();
    if (user == 0)
        assert_true(chmod(".", 0755) == 0 && seteuid(65534) == 0);
    enum cb_code code = read_into(&seen, "u", 0, &err);
    assert_int_equal(seteuid(user), 0);
    assert_int_equal(code, CB_OK);
    assert_string_equal(seen.log, "- u/locked: Permission denied\n+ u/open|y\n");
}

static void test_limits(void **state)
{
    (void)state;
    static struct seen seen;
    struct cb_err err = {0};
    char *large = malloc(100000);
    assert_non_null(large);
    memset(large, 'x', 100000);
    put("large", large, 100000);
    free(large);
    assert_int_equal(read_into(&seen, "large", 99999, &err), CB_OK);
    assert_string_equal(seen.log, "- large: larger than 99999 bytes\n");
    assert_int_equal(read_into(&seen, "large", 100000, &err), CB_OK);
    assert_int_equal(seen.documents, 1);
}

static void test_deep(void **state)
{
    (void)state;
    static struct seen seen;
    struct cb_err err = {0};
    assert_int_equal(system("p=deep; for i in $(seq 300); do p=$p/d; done; mkdir -p $p && echo x > $p/f"), 0);
    assert_int_equal(read_into(&seen, "deep", 0, &err), CB_OK);
    assert_int_equal(seen.documents, 0);
    assert_int_equal(seen.rejects, 1);
    assert_non_null(strstr(seen.log, "folders nested too deep"));
}

static void test_sink_stops(void **state)
{
    (void)state;
    static struct seen seen = {.answer = CB_INPUT}; /* even a code that elsewhere means "go on" */
    struct cb_err err = {0};
    assert_int_equal(mkdir("s", 0700), 0);
    put("s/a", "A", 1);
    put("s/b", "B", 1);
    assert_int_equal(read_into(&seen, "s", 0, &err), CB_INPUT);
    assert_string_equal(err.message, "sink is full");
    assert_string_equal(seen.log, "+ s/a|A\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encodings), cmocka_unit_test(test_folder), cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_limits),    cmocka_unit_test(test_deep),   cmocka_unit_test(test_sink_stops),
    };
    return cmocka_run_group_tests_name("importer/input", tests, enter_folder, leave_folder);
}
