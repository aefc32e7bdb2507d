/* Fetching from a server on the loopback that the test runs itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/importer/reading.h"

#define PAGE                                                                                                 \
    "<html><head><title>Ferry sinks</title></head><body><p>The ferry sank on Monday, the owner "             \
    "said.</p></body></html>"

struct server {
    int listener, port;
    pthread_t thread;
};

static struct reading r;

static void send_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        bytes += n;
        len -= (size_t)n;
    }
}

static void answer(int fd, const char *headers, const char *body, size_t len)
{
    char head[1024];
    int n = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
                     headers, len);
    send_all(fd, head, (size_t)n);
    send_all(fd, body, len);
}

static void send_endless(int fd)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n";
    char piece[65536];
    memset(piece, 'x', sizeof piece);
    send_all(fd, head, sizeof head - 1);
    for (int i = 0; i < 1200; i++) /* 75 MB, when nobody hangs up */
        send_all(fd, piece, sizeof piece);
}

static void serve(int fd, const char *path)
{
    char packed[1024];
    if (strcmp(path, "/page") == 0)
        answer(fd, "200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Kept: yes", PAGE, sizeof PAGE - 1);
    else if (strcmp(path, "/moved") == 0)
        answer(fd, "301 Moved Permanently\r\nLocation: /page", "gone", 4);
    else if (strcmp(path, "/circle") == 0)
        answer(fd, "302 Found\r\nLocation: /circle", "", 0);
    else if (strcmp(path, "/file") == 0)
        answer(fd, "302 Found\r\nLocation: file:///etc/hostname", "", 0);
    else if (strcmp(path, "/packed") == 0)
        answer(fd, "200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip", packed,
               pack("Packed words.", 13, packed, sizeof packed));
    else if (strcmp(path, "/archive.gz") == 0)
        answer(fd, "200 OK\r\nContent-Type: application/gzip", packed,
               pack("In a file.", 10, packed, sizeof packed));
    else if (strcmp(path, "/short") == 0)
        send_all(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort", 45);
    else if (strcmp(path, "/endless") == 0)
        send_endless(fd);
    else
        answer(fd, "404 Not Found", "no", 2);
}

static void *run_server(void *context)
{
    struct server *server = context;
    for (;;) {
        int fd = accept(server->listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        char request[4096] = "", path[256] = "";
        ssize_t n = recv(fd, request, sizeof request - 1, 0);
        if (n > 0 && sscanf(request, "GET %255s", path) == 1)
            serve(fd, path);
        (void)close(fd);
        if (strcmp(path, "/stop") == 0)
            return NULL;
    }
}

static int start_server(void **state)
{
    static struct server server;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    (void)unsetenv("http_proxy");
    (void)unsetenv("all_proxy");
    (void)unsetenv("ALL_PROXY");
    server.listener = socket(AF_INET, SOCK_STREAM, 0);
    if (server.listener < 0 || bind(server.listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(server.listener, 16) != 0 ||
        getsockname(server.listener, (struct sockaddr *)&address, &len) != 0)
        return -1;
    server.port = ntohs(address.sin_port);
    *state = &server;
    return pthread_create(&server.thread, NULL, run_server, &server);
}

static void fetch(const struct server *server, const char *path)
{
    char url[256];
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d%s", server->port, path);
    assert_int_equal(read_path(&r, url), CB_OK);
}

static int stop_server(void **state)
{
    struct server *server = *state;
    fetch(server, "/stop");
    int code = pthread_join(server->thread, NULL);
    (void)close(server->listener);
    return code;
}

static void test_fetch(void **state)
{
    struct server *server = *state;
    char url[64];
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d/page", server->port);
    fetch(server, "/page");
    assert_int_equal(r.documents, 1);
    assert_string_equal(r.text, "Ferry sinks\nThe ferry sank on Monday, the owner said.\n");
    assert_string_equal(r.url, url);
    assert_int_equal(strlen(r.retrieved), strlen("2019-03-15T10:00:00Z"));
    assert_non_null(strstr(r.raw, "X-Kept: yes\r\n"));
    assert_non_null(strstr(r.raw, PAGE));
    fetch(server,
          "/moved"); /* the address is where it was found at last; only the last answer's headers are kept */
    assert_string_equal(r.url, url);
    assert_null(strstr(r.raw, "301"));
    fetch(server, "/packed");
    assert_string_equal(r.text, "Packed words.");
    fetch(server, "/archive.gz");
    assert_string_equal(r.text, "In a file.");
}

static void test_refused(void **state)
{
    struct server *server = *state;
    static const struct {
        const char *path, *reason;
    } cases[] = {
        {"/none", "the server answered 404"},
        {"/circle", "could not be fetched: Maximum (10) redirects followed"},
        {"/file", "could not be fetched: "},
        {"/short", "could not be fetched: "},
        {"/endless", "the answer is larger than 67108864 bytes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fetch(server, cases[i].path);
        assert_int_equal(r.documents, 0);
        assert_int_equal(r.rejects, 1);
        assert_non_null(strstr(r.log, cases[i].reason));
    }
    assert_int_equal(read_path(&r, "http://127.0.0.1:1/nobody"), CB_OK);
    assert_non_null(strstr(r.log, "could not be fetched: "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fetch), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
