#include "cli/import_progress.h"

#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { SHOWN_REJECTS = 20, BAR_WIDTH = 24, LINE_SECONDS = 5, COLUMNS_MAX = 256, SHARE_WIDTH = 6 };

static const double bar_seconds = 0.2;

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void cb_import_progress_start(struct cb_import_progress *progress, const struct cb_cli *cli)
{
    *progress = (struct cb_import_progress){.cli = cli, .started = now()};
    progress->told = progress->started;
}

static void clear_bar(struct cb_import_progress *progress)
{
    if (progress->bar)
        (void)fputs("\r\033[K", progress->cli->messages);
    progress->bar = false;
}

void cb_import_progress_reject(void *context, const struct cb_input_reject *reject)
{
    struct cb_import_progress *progress = context;
    clear_bar(progress);
    if (progress->shown++ >= SHOWN_REJECTS)
        return;
    if (reject->line > 0)
        cb_message(progress->cli, "rejected: %s, line %lld: %s", reject->path, (long long)reject->line,
                   reject->reason);
    else
        cb_message(progress->cli, "rejected: %s: %s", reject->path, reject->reason);
}

/* A line that is longer than the terminal is wide can't be drawn over. */
static size_t terminal_columns(const struct cb_cli *cli)
{
    struct winsize window;
    bool known = ioctl(fileno(cli->messages), TIOCGWINSZ, &window) == 0 && window.ws_col > 0;
    return known ? (window.ws_col < COLUMNS_MAX ? window.ws_col : COLUMNS_MAX) : 80;
}

/* "[######------]  52%  " in `room` columns, or as much of it as fits; nothing when the whole is not known.
 */
static void draw_bar(const struct cb_import_progress *progress, const struct cb_load_counts *counts,
                     size_t room, char *out, size_t size)
{
    enum { AROUND = 9, LEAST = 4 };
    char bar[BAR_WIDTH + 1];
    out[0] = '\0';
    if (progress->total_bytes == 0 || room < SHARE_WIDTH)
        return;
    int width = room < AROUND ? 0 : room - AROUND < BAR_WIDTH ? (int)(room - AROUND) : BAR_WIDTH;
    double share = (double)counts->bytes_done / (double)progress->total_bytes;
    share = share > 1 ? 1 : share;
    int full = (int)(share * width);
    for (int i = 0; i < width; i++)
        bar[i] = i < full ? '#' : '-';
    bar[width] = '\0';
    if (width < LEAST)
        (void)snprintf(out, size, "%3.0f%%  ", 100 * share);
    else
        (void)snprintf(out, size, "[%s] %3.0f%%  ", bar, 100 * share);
}

/* ", 1:05 left": as long again as the bytes that are left need at the speed so far. */
static void tell_time_left(const struct cb_import_progress *progress, const struct cb_load_counts *counts,
                           double seconds, char *out, size_t size)
{
    out[0] = '\0';
    if (progress->total_bytes == 0 || counts->bytes_done == 0 || seconds < 1)
        return;
    double left = seconds * (double)(progress->total_bytes - counts->bytes_done) / (double)counts->bytes_done;
    long whole = left > 0 ? (long)(left + 0.5) : 0;
    if (whole >= 3600)
        (void)snprintf(out, size, ", %ld:%02ld:%02ld left", whole / 3600, whole / 60 % 60, whole % 60);
    else
        (void)snprintf(out, size, ", %ld:%02ld left", whole / 60, whole % 60);
}

void cb_import_progress_tell(void *context, const struct cb_load_counts *counts)
{
    struct cb_import_progress *progress = context;
    const struct cb_cli *cli = progress->cli;
    double time = now(), seconds = time - progress->started;
    if (cb_option_flag(cli, "quiet") ||
        time - progress->told < (cli->messages_are_terminal ? bar_seconds : (double)LINE_SECONDS))
        return;
    progress->told = time;
    char bar[BAR_WIDTH + 32], left[32], line[256];
    long long documents = (long long)(counts->documents_new + counts->documents_known);
    tell_time_left(progress, counts, seconds, left, sizeof left);
    (void)snprintf(line, sizeof line, "%lld documents, %.1f MB, %.0f claims/s, %lld rejected%s", documents,
                   (double)counts->bytes_done / 1e6, (double)counts->claims / seconds,
                   (long long)counts->rejected, left);
    if (!cli->messages_are_terminal) {
        cb_message(cli, "%s", line);
        return;
    }
    size_t columns = terminal_columns(cli) - 1; /* the cursor stands on the last one */
    if (strlen(line) + SHARE_WIDTH > columns)
        (void)snprintf(line, sizeof line, "%lld documents, %lld rejected%s", documents,
                       (long long)counts->rejected, left);
    size_t used = strlen(line);
    draw_bar(progress, counts, columns > used ? columns - used : 0, bar, sizeof bar);
    (void)fprintf(cli->messages, "\r%s%.*s\033[K", bar, (int)columns, line);
    (void)fflush(cli->messages);
    progress->bar = true;
}

static void tell_stored(const struct cb_import_progress *progress, const struct cb_load_counts *counts,
                        bool dry)
{
    if (progress->for_stored) {
        cb_message(progress->cli,
                   "%s %lld sentence%s, %lld claim%s, %lld attribution%s, %lld link%s; %lld row%s known "
                   "already",
                   dry ? "would add" : "added", (long long)counts->sentences, cb_plural(counts->sentences),
                   (long long)counts->claims, cb_plural(counts->claims), (long long)counts->attributions,
                   cb_plural(counts->attributions), (long long)counts->links, cb_plural(counts->links),
                   (long long)counts->rows_known, cb_plural(counts->rows_known));
        return;
    }
    cb_message(progress->cli,
               "%s %lld new document%s: %lld sentence%s, %lld claim%s, %lld attribution%s, %lld quantit%s, "
               "%lld link%s",
               dry ? "would import" : "imported", (long long)counts->documents_new,
               cb_plural(counts->documents_new), (long long)counts->sentences, cb_plural(counts->sentences),
               (long long)counts->claims, cb_plural(counts->claims), (long long)counts->attributions,
               cb_plural(counts->attributions), (long long)counts->quantities,
               counts->quantities == 1 ? "y" : "ies", (long long)counts->links, cb_plural(counts->links));
}

void cb_import_progress_summary(struct cb_import_progress *progress, const struct cb_load_counts *counts)
{
    const struct cb_cli *cli = progress->cli;
    clear_bar(progress);
    if (progress->shown > SHOWN_REJECTS)
        cb_message(cli, "and %lld more rejected", (long long)(progress->shown - SHOWN_REJECTS));
    tell_stored(progress, counts, cb_option_flag(cli, "dry-run"));
    if (counts->documents_known > counts->documents_completed)
        cb_message(cli, "%lld known already, unchanged",
                   (long long)(counts->documents_known - counts->documents_completed));
    if (counts->documents_completed > 0)
        cb_message(cli, "%lld of which only the text was stored got their sentences and claims",
                   (long long)counts->documents_completed);
    if (counts->documents_undone > 0)
        cb_message(cli,
                   "%lld of the known are left out of reports, because their import was undone: 'claimbase "
                   "undo %lld' "
                   "puts them back",
                   (long long)counts->documents_undone, (long long)counts->undone_run);
    if (!progress->for_stored && counts->documents_new + counts->documents_known + counts->rejected == 0)
        cb_message(cli, "there was nothing to read: no file, or no row, in what was given");
    if (counts->revisions > 0)
        cb_message(cli, "%lld of the new revise an older text at the same address",
                   (long long)counts->revisions);
    if (counts->unknown_source > 0)
        cb_message(cli, "%lld of the new %s the source 'unknown': --source NAME says whose they are",
                   (long long)counts->unknown_source, counts->unknown_source == 1 ? "has" : "have");
    if (counts->unknown_source > 0 && counts->run_id > 0)
        cb_message(cli, "  'claimbase undo %lld', then import them again with it", (long long)counts->run_id);
    if (counts->rejected > 0 && counts->run_id > 0)
        cb_message(cli,
                   "%lld rejected: 'claimbase list rejected' shows them, 'claimbase import --retry %lld' "
                   "tries again",
                   (long long)counts->rejected, (long long)counts->run_id);
    else if (counts->rejected > 0)
        cb_message(cli, "%lld would be rejected", (long long)counts->rejected);
    if (counts->run_id > 0)
        cb_message(cli, "run %lld, %.1f s", (long long)counts->run_id, now() - progress->started);
    if (counts->run_id > 0 && counts->claims > 0 && cli->messages_are_terminal)
        cb_message(cli, "next: claimbase match");
}
