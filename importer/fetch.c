#include "importer/fetch.h"

#include <curl/curl.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
    FETCH_MAX = 64 * 1024 * 1024, /* bytes, unpacked */
    HEAD_MAX = 256 * 1024,
    REDIRECTS_MAX = 10,
    CONNECT_SECONDS = 15,
    TOTAL_SECONDS = 60
};

struct answer {
    struct cb_buffer head, body; /* of the last answer: a redirect's are forgotten */
    bool too_large;
};

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct answer *answer = context;
    size_t len = size * count;
    if (len > answer->body.max - answer->body.len) {
        answer->too_large = true;
        return 0; /* makes libcurl stop */
    }
    cb_buffer_add(&answer->body, bytes, len);
    return answer->body.failed ? 0 : len;
}

static size_t take_head(char *bytes, size_t size, size_t count, void *context)
{
    struct answer *answer = context;
    size_t len = size * count;
    if (len > 5 && memcmp(bytes, "HTTP/", 5) == 0) { /* another answer begins */
        cb_buffer_clear(&answer->head);
        cb_buffer_clear(&answer->body);
    }
    if (len > answer->head.max - answer->head.len) {
        answer->too_large = true;
        return 0;
    }
    cb_buffer_add(&answer->head, bytes, len);
    return answer->head.failed ? 0 : len;
}

static bool set_options(CURL *curl, const char *url, struct answer *answer, char *why)
{
    CURLcode code = CURLE_OK;
#define SET(option, value) (code = code == CURLE_OK ? curl_easy_setopt(curl, option, value) : code)
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 1L);
    SET(CURLOPT_MAXREDIRS, (long)REDIRECTS_MAX);
    SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    SET(CURLOPT_TIMEOUT, (long)TOTAL_SECONDS);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_ACCEPT_ENCODING, ""); /* whatever this libcurl can unpack */
    SET(CURLOPT_USERAGENT, "claimbase");
    SET(CURLOPT_ERRORBUFFER, why);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, answer);
    SET(CURLOPT_HEADERFUNCTION, take_head);
    SET(CURLOPT_HEADERDATA, answer);
#undef SET
    return code == CURLE_OK;
}

static enum cb_code read_answer(struct cb_intake *intake, CURL *curl, const char *url,
                                const struct answer *answer, struct cb_err *err)
{
    char now[32];
    const char *type = NULL, *final = NULL;
    time_t seconds = time(NULL);
    struct tm utc;
    struct cb_stream stream;
    struct cb_stream_memory memory = {.bytes = cb_buffer_text(&answer->body), .len = answer->body.len};
    (void)curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    (void)curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &final);
    if (gmtime_r(&seconds, &utc) == NULL || strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        now[0] = '\0';
    const struct cb_entry entry = {.path = url,
                                   .url = final != NULL ? final : url,
                                   .retrieved = now[0] != '\0' ? now : NULL,
                                   .media_type = type,
                                   .head = cb_buffer_text(&answer->head),
                                   .head_len = answer->head.len};
    cb_stream_init(&stream, cb_stream_fill_memory, &memory);
    return cb_read_entry(intake, &entry, &stream, err);
}

/* Fetches; what is wrong with the address or the server is put into *why. */
static enum cb_code perform(CURL *curl, const char *url, struct answer *answer, struct cb_err *why)
{
    char detail[CURL_ERROR_SIZE] = "";
    long status = 0;
    if (!set_options(curl, url, answer, detail))
        return cb_fail(why, CB_FAILED, "libcurl does not take the options of a fetch");
    CURLcode code = curl_easy_perform(curl);
    (void)curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (answer->too_large)
        return cb_fail(why, CB_LIMIT, "the answer is larger than %zu bytes", answer->body.max);
    if (answer->body.failed || answer->head.failed)
        return cb_no_memory(why);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return cb_fail(why, CB_INPUT, "no whole answer within %d seconds", TOTAL_SECONDS);
    if (code != CURLE_OK)
        return cb_fail(why, CB_INPUT, "could not be fetched: %s",
                       detail[0] != '\0' ? detail : curl_easy_strerror(code));
    if (status != 200)
        return cb_fail(why, CB_INPUT, "the server answered %ld", status);
    return CB_OK;
}

enum cb_code cb_fetch(struct cb_intake *intake, const char *url, struct cb_err *err)
{
    struct cb_err why = {0};
    struct answer answer = {0};
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) /* counted, and safe among threads, since 7.84 */
        return cb_fail(err, CB_FAILED, "libcurl can't be set up");
    CURL *curl = curl_easy_init();
    cb_buffer_init(&answer.head, HEAD_MAX);
    cb_buffer_init(&answer.body, intake->document_max < FETCH_MAX ? intake->document_max : FETCH_MAX);
    enum cb_code code = curl == NULL ? cb_no_memory(&why) : perform(curl, url, &answer, &why);
    if (code == CB_OK) {
        code = read_answer(intake, curl, url, &answer, err);
    } else if (code == CB_INPUT || code == CB_LIMIT) {
        const struct cb_input_reject reject = {.path = url, .reason = why.message};
        code = cb_intake_reject(intake, &reject, err);
    } else if (err != NULL) {
        *err = why;
    }
    cb_buffer_release(&answer.body);
    cb_buffer_release(&answer.head);
    curl_easy_cleanup(curl);
    curl_global_cleanup();
    return code;
}
