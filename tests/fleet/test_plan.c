/* SPDX-License-Identifier: Apache-2.0
 *
 * Plans: the ones that come with the program, every wrong line, and that a day brings as many people as it says.
 */
#include "tests/test.h"
#include "tools/fleet/plan.h"

static struct plan p;
static struct err e;

static int refused(const char *text, const char *words)
{
    struct plan untouched = {.applications = 77}, got = untouched;

    e = (struct err){0};
    int rc = plan_read(text, &got, &e);
    if (rc < 0 && strstr(e.text, words) && got.applications == untouched.applications)
        return 1;
    printf("# \"%s\": %d \"%s\"\n", text, rc, e.text);
    return 0;
}

TEST(those_that_come_with_the_program)
{
#define PLAN(name, what, text) CHECK_INT(plan_read(plan_known(#name), &p, &e), 0);
#include "tools/fleet/plan.def"
#undef PLAN
    CHECK(plan_known("night") == NULL);
    CHECK_INT(plan_read(plan_known("storm"), &p, &e), 0);
    CHECK_INT(p.n_storms, 3);
    CHECK_INT(p.storms[1].at_ms, 12 * 3600000);
    CHECK_INT(p.storms[1].percent, 50);
}

TEST(what_a_line_says)
{
    CHECK_INT(plan_read("# a comment\n\nat 08:30 visits 12 # busy\n  offline 10\t60\nqueue priority C\r\nbatch 1", &p, &e),
              0);
    CHECK_INT(p.n_hours, 1);
    CHECK_INT(p.hours[0].at_ms, (8 * 60 + 30) * 60000);
    CHECK_INT(p.hours[0].visits, 12);
    CHECK_INT(p.offline, 10);
    CHECK_INT(p.offline_minutes, 60);
    CHECK_STR(p.queue, "priority");
    CHECK_INT(p.letter, 'C');
    CHECK_INT(p.batch, 1);
    CHECK_INT(p.applications, 40);
    CHECK_INT(plan_read("", &p, &e), 0);
    CHECK_INT(p.batch, 64);
    CHECK_STR(p.queue, "general");
}

TEST(wrong_lines)
{
    CHECK(refused("nonsense", "line 1: a plan has no word \"nonsense\""));
    CHECK(refused("\nat 8:30 visits 12", "line 2: it is: at HH:MM"));
    CHECK(refused("at 24:00 visits 12", "at HH:MM"));
    CHECK(refused("at 23:60 visits 12", "at HH:MM"));
    CHECK(refused("at 10:00 people 12", "at HH:MM"));
    CHECK(refused("at 10:00 visits 3601", "0 to 3600"));
    CHECK(refused("at 10:00 visits -1", "0 to 3600"));
    CHECK(refused("at 10:00 visits", "at has 3 words behind it, not 2"));
    CHECK(refused("at 10:00 visits 1 2", "at has 3 words behind it, not 4"));
    CHECK(refused("at 10:00 visits 1\nat 10:00 visits 2", "line 2: its time is not after"));
    CHECK(refused("storm 10:00 0", "storm HH:MM N"));
    CHECK(refused("storm 10:00 101", "storm HH:MM N"));
    CHECK(refused("offline 101 60", "offline N MINUTES"));
    CHECK(refused("offline 10 0", "offline N MINUTES"));
    CHECK(refused("offline 10 1440", "offline N MINUTES"));
    CHECK(refused("queue General A", "queue ID LETTER"));
    CHECK(refused("queue general AB", "queue ID LETTER"));
    CHECK(refused("queue general a", "queue ID LETTER"));
    CHECK(refused("applications 101", "from 0 to 100"));
    CHECK(refused("batch 0", "from 1 to 64"));
    CHECK(refused("batch 65", "from 1 to 64"));
    CHECK(refused("backlog many", "from 0 to 99999"));
    CHECK(refused("expired 50\nrevoked 49\nforeign 1", "no terminal is left"));
}

TEST(too_much_of_it)
{
    char text[4096] = "", line[160];

    for (int i = 0; i <= PLAN_STORMS_MAX; i++)
        strcat(text, "storm 10:00 1\n");
    CHECK(refused(text, "more than 48 storms"));
    text[0] = '\0';
    for (int i = 0; i <= PLAN_HOURS_MAX; i++)
        snprintf(text + strlen(text), 40, "at %02d:%02d visits 1\n", i / 60 + 1, i % 60);
    CHECK(refused(text, "more than 48 changes"));
    memset(line, 'a', sizeof line);
    line[sizeof line - 1] = '\0';
    CHECK(refused(line, "the line is too long"));
}

/* By another count: people hour by hour over many days, against what the plan says. */
TEST(as_many_people_as_it_says)
{
    int n[24] = {0};
    struct dice d = dice_of(7, 1);

    CHECK_INT(plan_read("at 08:00 visits 10\nat 12:00 visits 2\nat 13:00 visits 6\nat 20:00 visits 0\n", &p, &e), 0);
    for (int day = 0; day < 1000; day++)
        for (int64_t at = 0; (at = plan_next_visit(&p, &d, at)) < PLAN_DAY_MS;)
            n[at / 3600000]++;
    for (int h = 0; h < 24; h++) {
        int want = h < 8 || h >= 20 ? 0 : h < 12 ? 10000 : h < 13 ? 2000 : 6000;

        CHECK(n[h] >= want - want / 20 && n[h] <= want + want / 20);
    }
    CHECK_INT(plan_read("", &p, &e), 0);
    CHECK_INT(plan_next_visit(&p, &d, 0), PLAN_DAY_MS);
}

TEST(the_same_seed_the_same_day)
{
    struct dice a = dice_of(7, 1), b = dice_of(7, 1), c = dice_of(8, 1), other = dice_of(7, 2);
    int same = 0, like_c = 0, like_other = 0;

    CHECK_INT(plan_read(plan_known("day"), &p, &e), 0);
    for (int i = 0; i < 50; i++) {
        int64_t at = plan_next_visit(&p, &a, 0);

        same += at == plan_next_visit(&p, &b, 0);
        like_c += at == plan_next_visit(&p, &c, 0);
        like_other += at == plan_next_visit(&p, &other, 0);
    }
    CHECK_INT(same, 50);
    CHECK(like_c < 5);
    CHECK(like_other < 5);
}

TEST(shares)
{
    CHECK_INT(plan_share(0, 1000), 0);
    CHECK_INT(plan_share(1, 10), 1);
    CHECK_INT(plan_share(1, 1000), 10);
    CHECK_INT(plan_share(100, 18000), 18000);
    CHECK_INT(plan_share(5, 0), 0);
}

TEST_MAIN(T(those_that_come_with_the_program), T(what_a_line_says), T(wrong_lines), T(too_much_of_it),
          T(as_many_people_as_it_says), T(the_same_seed_the_same_day), T(shares))
