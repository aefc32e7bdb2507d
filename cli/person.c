#include "cli/person.h"

const struct cb_option cb_options_person[] = {
    {.name = "by", .kind = CB_OPTION_TEXT, .value = "NAME", .help = "who says so; else the login name"},
    {.name = "note", .letter = 'n', .kind = CB_OPTION_TEXT, .value = "TEXT", .help = "why"},
    {.name = NULL},
};

const char *cb_cli_person(const struct cb_cli *cli, char *login, size_t size)
{
    cb_login_name(login, size);
    return cb_option_given(cli, "by") ? cb_option_text(cli, "by") : login;
}
