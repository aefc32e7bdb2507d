/* Digests as WARC records carry them: "sha1:BASE32", "sha256:hex", "md5:…". */
#ifndef CB_IMPORTER_WARC_DIGEST_H
#define CB_IMPORTER_WARC_DIGEST_H

#include <stddef.h>

enum cb_digest_match {
    CB_DIGEST_SAME,
    CB_DIGEST_DIFFERS,
    CB_DIGEST_UNKNOWN /* algorithm or form not known */
};

enum cb_digest_match cb_digest_check(const char *labelled, const void *bytes, size_t len);

#endif
