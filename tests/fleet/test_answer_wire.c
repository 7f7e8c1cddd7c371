/* SPDX-License-Identifier: Apache-2.0
 *
 * Heads of the hall's answers: what it sends, and what nobody may believe.
 */
#include "base/err.h"
#include "tests/test.h"
#include "tools/fleet/answer_wire.h"

static struct answer_head head;

static int decode(const char *text)
{
    return answer_head_decode(text, strlen(text), &head);
}

TEST(answers_of_the_hall)
{
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: Mon, 05 Jan 2026 01:00:00 GMT\r\n\r\n"), 0);
    CHECK_INT(head.status, 200);
    CHECK_INT(head.body, 5);
    CHECK(!head.close);
    CHECK_INT(decode("HTTP/1.1 204 No Content\r\nNext-Delay-Ms: 1500\r\nConnection: close\r\n\r\n"), 0);
    CHECK_INT(head.body, 0);
    CHECK_INT(head.next_delay_ms, 1500);
    CHECK(head.close);
    CHECK_INT(decode("HTTP/1.1 503\r\ncontent-length:\t 0 \r\n\r\n"), 0);
    CHECK_INT(head.status, 503);
}

TEST(whose_end_cannot_be_told)
{
    CHECK_INT(decode("HTTP/1.1 200 OK\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: 65536\r\n\r\n"), 0);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n"), -ERR_PROTOCOL);
}

TEST(no_answers)
{
    CHECK_INT(decode(""), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 600 No\r\nContent-Length: 0\r\n\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore"), -ERR_PROTOCOL);
    CHECK_INT(decode("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nNext-Delay-Ms: soon\r\n\r\n"), -ERR_PROTOCOL);
}

TEST(one_that_is_too_long)
{
    static char text[ANSWER_HEAD_MAX + 8];

    memset(text, 'x', sizeof text);
    memcpy(text, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: ", 39);
    memcpy(text + ANSWER_HEAD_MAX - 4, "\r\n\r\n", 4);
    CHECK_INT(answer_head_decode(text, ANSWER_HEAD_MAX, &head), 0);
    memcpy(text + ANSWER_HEAD_MAX - 4, "xxxx", 4);
    memcpy(text + ANSWER_HEAD_MAX - 3, "\r\n\r\n", 4);
    CHECK_INT(answer_head_decode(text, ANSWER_HEAD_MAX + 1, &head), -ERR_PROTOCOL);
}

TEST_MAIN(T(answers_of_the_hall), T(whose_end_cannot_be_told), T(no_answers), T(one_that_is_too_long))
