/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of a control channel: which command they are, what it gets, what is answered.
 */
#include "base/control.h"

#include "base/clock.h"
#include "test.h"

struct seen {
    int calls, moved;
    int64_t a, b;
    char word[40], command[20];
};

static int see(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct seen *s = ctx;

    s->calls++;
    s->a = a->number[0];
    s->b = a->number[1];
    snprintf(s->word, sizeof s->word, "%s", a->word ? a->word : "");
    snprintf(s->command, sizeof s->command, "%s", a->command);
    return 0;
}

static int say(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    return buf_adds(reply, "[1]");
}

static int refuse(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    buf_adds(reply, "half an answer");
    return err_set(e, ERR_BUSY, "not \"now\"");
}

static void moved(void *ctx)
{
    ((struct seen *)ctx)->moved++;
}

static const struct control_command commands[] = {
    {"down", "nn", see}, {"key", "w", see}, {"card place", "r", see}, {"card lift", "", see}, {"slow", "wn", see},
    {"add", "W", see},   {"say", "", say},  {"no", "", refuse},       {NULL, NULL, NULL},
};
static const struct control_table table = {commands, moved};
static struct seen seen;

static const char *obey(const char *text)
{
    static char copy[100], answer[200];
    struct buf reply;

    seen = (struct seen){0};
    snprintf(copy, sizeof copy, "%s", text);
    buf_init(&reply, 150);
    control_obey(&table, &seen, copy, &reply);
    snprintf(answer, sizeof answer, "%s", buf_str(&reply));
    buf_finish(&reply);
    return answer;
}

TEST(arguments)
{
    CHECK_STR(obey("down 12 -5"), "{\"ok\":true}");
    CHECK_INT(seen.a, 12);
    CHECK_INT(seen.b, -5);
    CHECK_STR(seen.command, "down");
    CHECK_STR(obey("key  tab "), "{\"ok\":true}");
    CHECK_STR(seen.word, "tab");
    CHECK_STR(obey("card place /a path/with a space"), "{\"ok\":true}");
    CHECK_STR(seen.word, "/a path/with a space");
    CHECK_STR(obey("card lift"), "{\"ok\":true}");
    CHECK_STR(seen.command, "card lift");
    CHECK_STR(obey("slow reader 30"), "{\"ok\":true}");
    CHECK_STR(seen.word, "reader");
    CHECK_INT(seen.a, 30);
    CHECK_STR(obey("add"), "{\"ok\":true}");
    CHECK_STR(seen.word, "");
    CHECK_STR(obey("add it"), "{\"ok\":true}");
    CHECK_STR(seen.word, "it");
}

TEST(what_is_no_command)
{
    static const char *const wrong[] = {"down",
                                        "down 1",
                                        "down 1 2 3",
                                        "down 1 x",
                                        "down 1 1234567890123456",
                                        "down 1 2x",
                                        "key",
                                        "key a b",
                                        "card",
                                        "card place",
                                        "card lift all",
                                        "cardlift",
                                        "downs 1 2",
                                        "",
                                        "nonsense",
                                        "clock",
                                        "clock set",
                                        "clock set x",
                                        "clock back 5"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK(strstr(obey(wrong[i]), "{\"ok\":false,\"error\":\""));
        CHECK_INT(seen.calls + seen.moved, 0);
    }
    CHECK_STR(obey("dance"), "{\"ok\":false,\"error\":\"unknown command \\\"dance\\\"\"}");
    CHECK_STR(obey("card lift 1"), "{\"ok\":false,\"error\":\"\\\"card lift\\\" takes no arguments\"}");
}

TEST(answers)
{
    CHECK_STR(obey("say"), "[1]");
    CHECK_STR(obey("no"), "{\"ok\":false,\"error\":\"not \\\"now\\\"\"}");
}

TEST(the_clock)
{
    CHECK_STR(obey("clock set 1767574800000"), "{\"ok\":true}");
    CHECK_INT(seen.moved, 1);
    int64_t mono = clock_mono_ms();
    CHECK(clock_wall_ms() >= 1767574800000 && clock_wall_ms() < 1767574800000 + 60000);
    CHECK_STR(obey("clock advance 3600000"), "{\"ok\":true}");
    CHECK_INT(seen.moved, 1);
    CHECK(clock_mono_ms() >= mono + 3600000);
    CHECK(strstr(obey("clock advance -1"), "\"ok\":false"));
    CHECK_INT(seen.moved, 0);
}

TEST(no_clock)
{
    static const struct control_table none = {commands, NULL};
    char text[] = "clock advance 5";
    int64_t mono = clock_mono_ms();
    struct buf reply;

    buf_init(&reply, 150);
    control_obey(&none, &seen, text, &reply);
    CHECK(strstr(buf_str(&reply), "unknown command"));
    CHECK(clock_mono_ms() < mono + 3600000);
    buf_finish(&reply);
}

TEST_MAIN(T(arguments), T(what_is_no_command), T(answers), T(the_clock), T(no_clock))
