/* Fetching an address with libcurl. */
#ifndef CB_IMPORTER_FETCH_H
#define CB_IMPORTER_FETCH_H

#include "importer/reader.h"

/* Gets an http or https address, following at most ten redirects, within a minute and 64 MB, and reads what
 * came by its content; headers and bytes are kept as the document's raw bytes. What goes wrong with the
 * address or the server is a reject that names it. Whether robots may visit is left to the user. */
CB_CHECKED enum cb_code cb_fetch(struct cb_intake *intake, const char *url, struct cb_err *err);

#endif
