/* What an import reads: paths, a list of paths, CSV files of one kind, or what an earlier run rejected. */
#ifndef CB_CLI_IMPORT_INPUTS_H
#define CB_CLI_IMPORT_INPUTS_H

#include "cli/command.h"
#include "importer/load.h"

struct cb_import_inputs {
    enum cb_load_kind kind;
    const char **files; /* borrowed from the command line or `strings` */
    size_t count, capacity;
    const char **arguments; /* what is kept with the run: "--source=RT", then the files */
    size_t argument_count;
    const char *source, *url, *published, *origin; /* as given, or as the run that is tried again had them */
    struct cb_arena strings;
};

/* Release in every case. */
CB_CHECKED enum cb_code cb_import_inputs_find(struct cb_cli *cli, struct cb_import_inputs *out,
                                              struct cb_err *err);
void cb_import_inputs_release(struct cb_import_inputs *inputs);

#endif
