#include "cli/commands.h"

#include <string.h>

/* One a line, so that branches merge. */
const struct cb_command *const cb_commands[] = {
    /* clang-format off */
    &cb_command_import,
    &cb_command_extract,
    &cb_command_compare,
    &cb_command_match,
    &cb_command_search,
    &cb_command_confirm,
    &cb_command_reject,
    &cb_command_link,
    &cb_command_mark,
    &cb_command_report,
    &cb_command_list,
    &cb_command_show,
    &cb_command_why,
    &cb_command_history,
    &cb_command_source,
    &cb_command_speaker,
    &cb_command_withdraw,
    &cb_command_retract,
    &cb_command_undo,
    &cb_command_verify,
    &cb_command_checkpoint,
    &cb_command_export,
    &cb_command_sql,
    &cb_command_psql,
    &cb_command_db,
    &cb_command_help,
    NULL,
    /* clang-format on */
};

const struct cb_command *cb_command_find(const struct cb_command *const *commands, const char *name)
{
    for (; *commands != NULL; commands++)
        if (strcmp((*commands)->name, name) == 0)
            return *commands;
    return NULL;
}

enum { NAME_MAX_LEN = 32, LETTERS_MAX = 2 };

/* Letters to put in, leave out, change or swap with the next one. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][NAME_MAX_LEN + 1]; /* of the letter before the last one, of the last one, of this one */
    size_t a_len = strlen(a), b_len = strlen(b);
    for (size_t j = 0; j <= b_len; j++)
        rows[1][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        rows[2][0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t best = rows[1][j - 1] + (a[i - 1] != b[j - 1]);
            best = rows[1][j] + 1 < best ? rows[1][j] + 1 : best;
            best = rows[2][j - 1] + 1 < best ? rows[2][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && rows[0][j - 2] + 1 < best)
                best = rows[0][j - 2] + 1;
            rows[2][j] = best;
        }
        memcpy(rows[0], rows[1], sizeof rows[0]);
        memcpy(rows[1], rows[2], sizeof rows[1]);
    }
    return rows[1][b_len];
}

const struct cb_command *cb_command_near(const struct cb_command *const *commands, const char *name)
{
    const struct cb_command *near = NULL;
    size_t least = LETTERS_MAX + 1, len = strlen(name);
    if (len < 3 || len > NAME_MAX_LEN)
        return NULL;
    for (; *commands != NULL; commands++) {
        size_t letters =
            strlen((*commands)->name) <= NAME_MAX_LEN ? distance(name, (*commands)->name) : least;
        if (letters < least) {
            least = letters;
            near = *commands;
        }
    }
    return near;
}
