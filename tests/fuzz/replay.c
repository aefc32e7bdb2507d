/* Runs a fuzzing target over files, without libFuzzer, so that every build and compiler can: what once broke
 * a reader (tests/fuzz/regressions) and the seeds (tests/fuzz/corpus). usage: replay_NAME FILE|FOLDER... */
#include "base/buffer.h"
#include "base/text_file.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { INPUT_MAX = 64 * 1024 * 1024, PATH_SIZE = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);

static size_t replay_file(const char *path)
{
    struct cb_buffer bytes;
    struct cb_err err = {0};
    cb_buffer_init(&bytes, INPUT_MAX);
    if (cb_read_file(path, &bytes, &err) != CB_OK) {
        (void)fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    /* a copy without the NUL behind it, so that a checker of memory sees a step too far */
    uint8_t *copy = malloc(bytes.len > 0 ? bytes.len : 1);
    if (copy == NULL)
        exit(1);
    memcpy(copy, cb_buffer_text(&bytes), bytes.len);
    (void)printf("%s\n", path);
    (void)fflush(stdout); /* the last one named is the one that broke it */
    (void)LLVMFuzzerTestOneInput(copy, bytes.len);
    free(copy);
    cb_buffer_release(&bytes);
    return 1;
}

static size_t replay(const char *path)
{
    struct stat about;
    size_t count = 0;
    if (stat(path, &about) != 0)
        return 0;
    if (!S_ISDIR(about.st_mode))
        return replay_file(path);
    DIR *folder = opendir(path);
    for (struct dirent *entry = NULL; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char inside[PATH_SIZE];
        if (entry->d_name[0] != '.' &&
            snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name) < (int)sizeof inside)
            count += replay(inside);
    }
    if (folder != NULL)
        (void)closedir(folder);
    return count;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    if (LLVMFuzzerInitialize != NULL && LLVMFuzzerInitialize(&argc, &argv) != 0)
        return 1;
    for (int i = 1; i < argc; i++)
        count += replay(argv[i]);
    (void)printf("%zu inputs\n", count);
    return count > 0 ? 0 : 1;
}
