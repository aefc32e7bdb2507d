/* Merkle trees against RFC 6962's own test values, and signed checkpoints. */
#include "report/tlog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* The leaves and roots of the reference implementation's test (certificate-transparency, merkle_tree_test).
 */
static const struct {
    size_t len;
    const char *bytes;
} leaves[] = {
    {0, ""},
    {1, "\x00"},
    {1, "\x10"},
    {2, "\x20\x21"},
    {2, "\x30\x31"},
    {4, "\x40\x41\x42\x43"},
    {8, "\x50\x51\x52\x53\x54\x55\x56\x57"},
    {16, "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"},
};
static const char *const roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void test_roots(void **state)
{
    (void)state;
    struct cb_merkle tree;
    struct cb_err err = {0};
    cb_merkle_init(&tree);
    for (size_t n = 0; n < sizeof roots / sizeof *roots; n++) {
        struct cb_sha256 root, leaf;
        char hex[CB_SHA256_HEX_SIZE], data[32] = {0};
        assert_int_equal(cb_merkle_root(&tree, &root, &err), CB_OK);
        cb_sha256_hex(&root, hex);
        assert_string_equal(hex, roots[n]);
        assert_int_equal(tree.size, n);
        if (n == sizeof leaves / sizeof *leaves)
            break;
        memcpy(data + 1, leaves[n].bytes, leaves[n].len);
        assert_int_equal(cb_sha256(data, leaves[n].len + 1, &leaf, &err), CB_OK);
        assert_int_equal(cb_merkle_add(&tree, &leaf, &err), CB_OK);
    }
}

struct folder {
    char path[64], key[128], other[128];
};

static int make_folder(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    if (folder == NULL)
        return -1;
    (void)snprintf(folder->path, sizeof folder->path, "/tmp/claimbase-tlog-XXXXXX");
    if (mkdtemp(folder->path) == NULL)
        return -1;
    (void)snprintf(folder->key, sizeof folder->key, "%s/key.pem", folder->path);
    (void)snprintf(folder->other, sizeof folder->other, "%s/other.pem", folder->path);
    *state = folder;
    return 0;
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;
    (void)unlink(folder->key);
    (void)unlink(folder->other);
    (void)rmdir(folder->path);
    free(folder);
    return 0;
}

static struct cb_checkpoint example(void)
{
    struct cb_checkpoint checkpoint = {
        .origin = "claimbase/test", .size = 42, .extension = "time 2024-05-01T00:00:00Z\n"};
    memset(checkpoint.root.bytes, 7, sizeof checkpoint.root.bytes);
    return checkpoint;
}

static void test_written_is_read(void **state)
{
    const struct folder *folder = *state;
    struct cb_note_key *key = NULL, *public_key = NULL;
    struct cb_err err = {0};
    struct cb_buffer note, verifier;
    struct cb_checkpoint written = example(), read;
    bool checked = false;
    struct stat info;
    cb_buffer_init(&note, CB_NOTE_MAX);
    cb_buffer_init(&verifier, CB_NOTE_MAX);
    assert_int_equal(cb_note_key_open(folder->key, "test", false, &key, &err), CB_INPUT);
    assert_int_equal(cb_note_key_open(folder->key, "test", true, &key, &err), CB_OK);
    assert_int_equal(stat(folder->key, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(cb_checkpoint_write(&written, key, &note, &err), CB_OK);
    assert_int_equal(strncmp(note.data, "claimbase/test\n42\nBwcHBwcH", 26), 0);
    cb_note_key_verifier(key, &verifier);
    assert_int_equal(cb_note_key_parse(cb_buffer_text(&verifier), &public_key, &err), CB_OK);
    assert_int_equal(cb_checkpoint_read(note.data, note.len, public_key, &read, &checked, &err), CB_OK);
    assert_true(checked);
    assert_string_equal(read.origin, written.origin);
    assert_int_equal(read.size, 42);
    assert_memory_equal(read.root.bytes, written.root.bytes, CB_SHA256_SIZE);
    assert_string_equal(read.extension, written.extension);
    /* every byte of the body counts */
    size_t body = (size_t)(strstr(note.data, "\n\n") - note.data);
    for (size_t i = 0; i < body; i++) {
        note.data[i] ^= 1;
        enum cb_code code = cb_checkpoint_read(note.data, note.len, public_key, &read, &checked, &err);
        assert_true(code == CB_INTEGRITY || code == CB_INPUT);
        note.data[i] ^= 1;
    }
    cb_note_key_free(key);
    cb_note_key_free(public_key);
    cb_buffer_release(&note);
    cb_buffer_release(&verifier);
}

static void test_another_key_checks_nothing(void **state)
{
    const struct folder *folder = *state;
    struct cb_note_key *key = NULL, *other = NULL;
    struct cb_err err = {0};
    struct cb_buffer note;
    struct cb_checkpoint written = example(), read;
    bool checked = true;
    cb_buffer_init(&note, CB_NOTE_MAX);
    assert_int_equal(cb_note_key_open(folder->key, "test", true, &key, &err), CB_OK);
    assert_int_equal(cb_note_key_open(folder->other, "test", true, &other, &err), CB_OK);
    assert_int_equal(cb_checkpoint_write(&written, key, &note, &err), CB_OK);
    assert_int_equal(cb_checkpoint_read(note.data, note.len, other, &read, &checked, &err), CB_OK);
    assert_false(checked);
    cb_note_key_free(key);
    cb_note_key_free(other);
    cb_buffer_release(&note);
}

static void test_what_is_no_checkpoint(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "\n\n",
        "a\n1\n\n",
        "a\nx\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n\n",
        "a\n1\nBwcH\n\n",
        "a\n99999999999999999999\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n\n",
        "a\n1\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
    };
    struct cb_err err = {0};
    struct cb_checkpoint read;
    bool checked = false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(cb_checkpoint_read(texts[i], strlen(texts[i]), NULL, &read, &checked, &err),
                         CB_INPUT);
    static const char *const keys[] = {"", "a", "a+b", "a+00000000+AAAA",
                                       "a+00000000+AQcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH"};
    struct cb_note_key *key = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_int_equal(cb_note_key_parse(keys[i], &key, &err), CB_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roots),
        cmocka_unit_test_setup_teardown(test_written_is_read, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_another_key_checks_nothing, make_folder, remove_folder),
        cmocka_unit_test(test_what_is_no_checkpoint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
