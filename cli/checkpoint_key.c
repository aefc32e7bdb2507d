#include "cli/checkpoint_key.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_PATH_MAX = 4096 };

const struct cb_option cb_options_key[] = {
    {.name = "key",
     .kind = CB_OPTION_TEXT,
     .value = "FILE",
     .help = "the signing key (PEM, Ed25519); else checkpoint.pem in ~/.config/claimbase"},
    {.name = "name",
     .kind = CB_OPTION_TEXT,
     .value = "NAME",
     .standard = "claimbase",
     .help = "the name of the key, as it stands in the signature"},
    {.name = NULL},
};

/* The folders of `path`, each 0700 when it is made here. */
static enum cb_code make_folders(char *path, struct cb_err *err)
{
    for (char *at = strchr(path + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        int made = mkdir(path, S_IRWXU);
        int why = errno;
        if (made != 0 && why != EEXIST)
            return cb_fail(err, CB_INPUT, "can't make the folder '%s': %s", path, strerror(why));
        *at = '/';
    }
    return CB_OK;
}

static enum cb_code standard_path(char path[KEY_PATH_MAX], struct cb_err *err)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int n = 0;
    if (config != NULL && config[0] == '/')
        n = snprintf(path, KEY_PATH_MAX, "%s/claimbase/checkpoint.pem", config);
    else if (home != NULL && home[0] == '/')
        n = snprintf(path, KEY_PATH_MAX, "%s/.config/claimbase/checkpoint.pem", home);
    else
        return cb_fail(err, CB_USAGE, "there is no home folder for the key; name one with --key");
    return n > 0 && n < KEY_PATH_MAX ? CB_OK : cb_fail(err, CB_LIMIT, "the path of the key is too long");
}

enum cb_code cb_checkpoint_key(const struct cb_cli *cli, bool make, struct cb_note_key **out,
                               struct cb_err *err)
{
    char path[KEY_PATH_MAX];
    const char *given = cb_option_text(cli, "key");
    *out = NULL;
    enum cb_code code = CB_OK;
    if (given == NULL)
        code = standard_path(path, err);
    else if (snprintf(path, sizeof path, "%s", given) >= (int)sizeof path)
        code = cb_fail(err, CB_LIMIT, "the path of the key is too long");
    if (code != CB_OK)
        return code;
    bool there = access(path, F_OK) == 0;
    if (!there && !make)
        return given != NULL ? cb_fail(err, CB_INPUT, "there is no key '%s'", path) : CB_OK;
    if (!there)
        code = make_folders(path, err);
    if (code == CB_OK)
        code = cb_note_key_open(path, cb_option_text(cli, "name"), make, out, err);
    if (code == CB_OK && !there)
        cb_message(cli, "made the signing key '%s'; keep it away from those who keep the database", path);
    return code;
}
