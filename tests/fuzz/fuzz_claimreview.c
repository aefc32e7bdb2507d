/* Any bytes as reviews of claims (ClaimReview, DataFeed, the answers of a fact-check search). Instead of the
 * loader there is one here that only looks at what it is given. */
#include "importer/claimreview.h"
#include "tests/fuzz/reading.h"

#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct cb_loader {
    int64_t claims, rejects;
};

enum cb_code cb_loader_reject(struct cb_loader *loader, const struct cb_input_reject *reject,
                              struct cb_err *err)
{
    loader->rejects++;
    return fuzz_reject(loader, reject, err);
}

enum cb_code cb_loader_claim(struct cb_loader *loader, const struct cb_input_claim *claim, struct cb_err *err)
{
    (void)err;
    const char *const strings[] = {claim->external_id, claim->text, claim->url, claim->title,
                                   claim->speaker,     claim->date, claim->note};
    loader->claims++;
    fuzz_require(claim->external_id != NULL && claim->text != NULL && claim->url != NULL);
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (strings[i] != NULL)
            fuzz_require_clean(strings[i], strlen(strings[i]));
    fuzz_require(claim->raw_len > 0);
    return CB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cb_loader loader = {0};
    struct cb_claimreview_report report = {0};
    struct cb_err err = {0};
    enum cb_code code = cb_load_claimreview(&loader, fuzz_file(data, size), NULL, &report, &err);
    fuzz_require(code == CB_OK || ((code == CB_INPUT || code == CB_LIMIT) && err.message[0] != '\0'));
    fuzz_require(report.expected >= loader.claims && report.expected <= loader.claims + loader.rejects &&
                 report.unmapped <= loader.claims);
    return 0;
}
