/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall signed last is said to a kiosk that comes later, the queues with their age; nothing where it said nothing.
 */
#include "sync/heard.h"

#include <string.h>

#include "base/clock.h"
#include "test.h"

static int lines;
static int64_t age;
static char bytes[NEWS_WORD_MAX];
static enum peer_kind kind;

static void on_say(void *ctx, const struct peer_line *p)
{
    lines++;
    kind = p->kind;
    age = p->ms;
    snprintf(bytes, sizeof bytes, "%s", p->bytes);
}

TEST(nothing_yet)
{
    const struct heard h = {.queues_at = 0};

    heard_say_queues(&h, on_say, NULL);
    heard_say_halts(&h, on_say, NULL);
    CHECK_INT(lines, 0);
}

TEST(the_last_word)
{
    struct heard h = {.queues_at = 0};
    struct news_word w = {.state = "{\"v\":1}"};

    clock_advance(1);
    heard_queues(&h, &w);
    strcpy(w.state, "{\"v\":2}");
    heard_halts(&h, &w);
    clock_advance(1500);
    heard_say_queues(&h, on_say, NULL);
    CHECK(lines == 1 && kind == PEER_QUEUES && age >= 1500 && strstr(bytes, "v\\\":1"));
    heard_say_halts(&h, on_say, NULL);
    CHECK(lines == 2 && kind == PEER_HALTS && strstr(bytes, "v\\\":2"));
}

TEST_MAIN(T(nothing_yet), T(the_last_word))
