/* SPDX-License-Identifier: Apache-2.0
 *
 * Heads of requests: what is read of good ones, and that whatever leaves room for two opinions is refused.
 */
#include "test.h"

#include "tools/hall/door/http_wire.h"

static char text[2 * HTTP_HEAD_MAX];
static struct http_head head;

static int decode(const char *s)
{
    snprintf(text, sizeof text, "%s", s);
    return http_head_decode(text, strlen(text), &head);
}

TEST(good)
{
    CHECK_INT(decode("GET /v1/wait?catalogue=41&queues=7 HTTP/1.1\r\nHost: h:1\r\nX-A:  b c \t\r\n\r\n"), 0);
    CHECK_STR(head.method, "GET");
    CHECK_STR(head.path, "/v1/wait");
    CHECK_INT(http_head_number(&head, "catalogue"), 41);
    CHECK_INT(http_head_number(&head, "queues"), 7);
    CHECK_INT(http_head_number(&head, "queue"), -1);
    CHECK_INT(http_head_number(&head, "talogue"), -1);
    CHECK_STR(http_head_find(&head, "x-a"), "b c");
    CHECK(!http_head_find(&head, "x"));
    CHECK(!head.close && !head.expect);
    CHECK_INT(head.body, 0);
    CHECK_INT(decode("POST /p HTTP/1.1\r\nhost:h\r\ncontent-length: 1048576\r\nExpect: 100-continue\r\n"
                     "Connection: close\r\n\r\n"),
              0);
    CHECK_INT(head.body, 1048576);
    CHECK(head.close && head.expect);
    CHECK_INT(decode("GET / HTTP/1.0\r\nHost: h\r\n\r\n"), 0);
    CHECK(head.close);
}

TEST(numbers)
{
    CHECK_INT(decode("GET /?a=1x&b=&c=-3&d=1234567890123456789&e=12&e=13 HTTP/1.1\r\nHost: h\r\n\r\n"), 0);
    CHECK_INT(http_head_number(&head, "a"), -1);
    CHECK_INT(http_head_number(&head, "b"), -1);
    CHECK_INT(http_head_number(&head, "c"), -1);
    CHECK_INT(http_head_number(&head, "d"), -1);
    CHECK_INT(http_head_number(&head, "e"), 12);
}

TEST(words)
{
    char word[8];
    CHECK_INT(decode("GET /?a=new&b=&c=a%20b&d=12345678&e=1,2-x HTTP/1.1\r\nHost: h\r\n\r\n"), 0);
    CHECK(http_head_word(&head, "a", word, sizeof word));
    CHECK_STR(word, "new");
    CHECK(!http_head_word(&head, "b", word, sizeof word));
    CHECK_STR(word, "");
    CHECK(!http_head_word(&head, "c", word, sizeof word));
    CHECK(!http_head_word(&head, "d", word, sizeof word)); /* does not fit */
    CHECK(http_head_word(&head, "e", word, sizeof word));
    CHECK_STR(word, "1,2-x");
    CHECK(!http_head_word(&head, "f", word, sizeof word));
}

TEST(refused)
{
    static const struct {
        const char *text;
        int status;
    } bad[] = {
        {"\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\n\r\n", 400},                       /* no host */
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400}, /* two */
        {"GET / HTTP/1.1\nHost: a\n\n", 400},                  /* bare line ends */
        {"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},           /* two spaces */
        {"GET http://h/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},    /* for a proxy */
        {"GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n", 400},        /* a control character */
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},            /* */
        {"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400}, /* a folded line */
        {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},           /* a space before the colon */
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 501},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: x\r\n\r\n", 501},
        {"POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n", 417},
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET", 400}, /* more than the head */
        {"GET / HTTP/1.1\r\nHost: a\r\n", 400},        /* less */
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(decode(bad[i].text), bad[i].status);
    memcpy(text, "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29);
    CHECK_INT(http_head_decode(text, 29, &head), 400);
}

TEST(too_many_headers)
{
    size_t n = (size_t)snprintf(text, sizeof text, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < HTTP_HEADERS_MAX; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "X%d: 1\r\n", i);
    n += (size_t)snprintf(text + n, sizeof text - n, "\r\n");
    CHECK_INT(http_head_decode(text, n, &head), 431);
}

TEST_MAIN(T(good), T(numbers), T(words), T(refused), T(too_many_headers))
