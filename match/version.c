#include "match/compare.h"

const char *cb_match_method(void)
{
    return "claimbase-match";
}

/* Raise it when terms, weights or gates change: what carries an older version is indexed and matched anew. */
const char *cb_match_method_version(void)
{
    return "13";
}
