/* Reviews of claims that others published: schema.org ClaimReview (one object, an array, a @graph, a
 * DataFeed, JSON Lines) and the answers of Google's Fact Check Tools (claims:search). */
#ifndef CB_IMPORTER_CLAIMREVIEW_H
#define CB_IMPORTER_CLAIMREVIEW_H

#include "importer/load.h"

enum { CB_CLAIMREVIEW_MAX = 512 * 1024 * 1024 }; /* bytes of one file */

/* Which status a rating stands for: rows of a CSV file with the columns rating and status. */
struct cb_rating_map;

CB_CHECKED enum cb_code cb_rating_map_read(const char *path, struct cb_rating_map **out, struct cb_err *err);
void cb_rating_map_free(struct cb_rating_map *map); /* NULL is fine */

/* One rating: the words ("Pants on Fire"), or NULL; the number and its range, when has_value. */
struct cb_rating {
    const char *name;
    bool has_value;
    double value, best, worst;
};

/* "verified", "refuted", "disputed" or "unverifiable": by the map (may be NULL), else by the usual words,
 * else by the number (the best fifth of the range is verified, the worst refuted, what is between disputed).
 * NULL when nothing tells. Borrowed from the map or for ever. */
const char *cb_rating_status(const struct cb_rating_map *map, const struct cb_rating *rating);

struct cb_claimreview_report {
    int64_t expected; /* reviews that the files hold */
    int64_t unmapped; /* whose rating could not be told; their claims are unverified */
};

/* Gives each review of the file ("-" is standard input) to the loader as a claim with a verdict: the words of
 * the review's address are its external id, the raw record is kept. What is no review is rejected with its
 * reason; a file that is no JSON is rejected whole. Adds to *report. */
CB_CHECKED enum cb_code cb_load_claimreview(struct cb_loader *loader, const char *path,
                                            const struct cb_rating_map *map,
                                            struct cb_claimreview_report *report, struct cb_err *err);

#endif
