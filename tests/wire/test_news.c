/* SPDX-License-Identifier: Apache-2.0
 *
 * The long poll's answer and the queues in it: there and back, and what is refused.
 */
#include "test.h"

#include "wire/news.h"

static const struct news sample = {
    .catalogue = 41,
    .spread_ms = 100,
    .has_queues = true,
    .queues = {.version = 7,
               .n = 2,
               .list = {{.id = "general", .waiting = 12, .minutes = 25},
                        {.id = "estate", .waiting = -1, .minutes = -1, .paused_until = 1767582000000, .reason = "维护"}}}};

TEST(there_and_back)
{
    struct buf text;
    struct news n;
    struct err e = {0};
    buf_init(&text, NEWS_BYTES_MAX);
    CHECK_INT(news_encode(&sample, &text), 0);
    CHECK_STR(buf_str(&text), "{\"catalogue\":41,\"spread_ms\":100,\"queues\":{\"version\":7,\"list\":["
                              "{\"id\":\"general\",\"waiting\":12,\"minutes\":25},"
                              "{\"id\":\"estate\",\"paused_until\":1767582000000,\"reason\":\"维护\"}]}}");
    CHECK_INT(news_decode(text.data, text.len, &n, &e), 0);
    CHECK(n.has_queues);
    CHECK_INT(n.queues.version, 7);
    CHECK_INT(n.queues.list[0].minutes, 25);
    CHECK_INT(n.queues.list[1].waiting, -1);
    CHECK_INT(n.queues.list[1].minutes, -1);
    CHECK_INT(n.queues.list[1].paused_until, 1767582000000);
    CHECK_STR(n.queues.list[1].reason, "维护");
    buf_finish(&text);
}

TEST(queues_alone)
{
    struct buf text;
    struct queues_now q;
    buf_init(&text, NEWS_BYTES_MAX);
    CHECK_INT(news_queues_encode(&sample.queues, &text), 0);
    CHECK(!strchr(buf_str(&text), '\n')); /* it travels as a line */
    CHECK_INT(news_queues_decode(text.data, text.len, &q, NULL), 0);
    CHECK_INT(q.n, 2);
    CHECK_INT(q.list[0].waiting, 12);
    buf_finish(&text);
}

TEST(without_queues)
{
    static const char text[] = "{\"catalogue\":41,\"spread_ms\":0}";
    struct news n;
    CHECK_INT(news_decode(text, strlen(text), &n, NULL), 0);
    CHECK(!n.has_queues);
}

TEST(refused)
{
    static const char *const rows[] = {
        "{}",
        "{\"catalogue\":-1,\"spread_ms\":0}",
        "{\"catalogue\":1,\"spread_ms\":0,\"more\":1}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":[]}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"version\":1}}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"version\":1,\"list\":[{\"waiting\":1}]}}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"version\":1,\"list\":[{\"id\":\"A B\"}]}}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"version\":1,\"list\":[{\"id\":\"a\",\"waiting\":-1}]}}",
        "{\"catalogue\":1,\"spread_ms\":0,\"queues\":{\"version\":1,\"list\":[{\"id\":\"a\",\"minutes\":1441}]}}",
    };
    struct news n;
    struct err e = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(news_decode(rows[i], strlen(rows[i]), &n, &e) < 0);
}

TEST_MAIN(T(there_and_back), T(queues_alone), T(without_queues), T(refused))
