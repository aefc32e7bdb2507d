/* What an import tells while it runs, and at its end. */
#ifndef CB_CLI_IMPORT_PROGRESS_H
#define CB_CLI_IMPORT_PROGRESS_H

#include "cli/command.h"
#include "importer/load.h"

struct cb_import_progress {
    const struct cb_cli *cli;
    double started, told; /* seconds of the steady clock */
    int64_t total_bytes;  /* of all that is to be read; 0: not known */
    int64_t shown;        /* rejects that were printed */
    bool bar;             /* a bar stands on the terminal */
    bool for_stored;      /* rows for documents that are stored already */
};

void cb_import_progress_start(struct cb_import_progress *progress, const struct cb_cli *cli);

/* Callbacks of the loader; the context is the progress. */
void cb_import_progress_tell(void *context, const struct cb_load_counts *counts);
void cb_import_progress_reject(void *context, const struct cb_input_reject *reject);

void cb_import_progress_summary(struct cb_import_progress *progress, const struct cb_load_counts *counts);

#endif
