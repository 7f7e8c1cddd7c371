/* SPDX-License-Identifier: Apache-2.0
 *
 * The guided test's words become inputs of the session, its effects become answers; one step at a time.
 */
#include "kiosk/selftest.h"

#include <unistd.h>

#include "kiosk/line_test.h"
#include "kiosk/port_test.h"

static struct loop *loop;
static struct selftest *s;
static int checks;

static void on_check(void *ctx)
{
    checks++;
}

static void on_facts(void *ctx, struct buf *out)
{
    buf_adds(out, "{\"all\":\"well\"}");
}

static struct peer_end begin(void)
{
    static const struct selftest_events events = {.check = on_check, .facts = on_facts};

    hear_anew();
    checks = 0;
    loop = loop_create();
    s = selftest_create("t-1103-003", &events, NULL, &port);
    return peer_end_make(loop);
}

static void end(struct peer_end p)
{
    selftest_destroy(s);
    line_destroy(p.near);
    close(p.far);
    loop_destroy(loop);
}

TEST(words_become_steps)
{
    struct peer_end p = begin();
    static const struct {
        const char *step, *option;
        enum selftest_step is;
        enum device_role role;
        int ms;
    } rows[] = {{"begin", "", SELFTEST_BEGIN, DEVICE_RECEIPT, 0},
                {"print", "receipt", SELFTEST_PRINT, DEVICE_RECEIPT, 0},
                {"print", "ticket", SELFTEST_PRINT, DEVICE_TICKET, 0},
                {"card", "20", SELFTEST_CARD, DEVICE_RECEIPT, 20000},
                {"card", "999", SELFTEST_CARD, DEVICE_RECEIPT, 300000}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        hear_anew();
        selftest_request(s, p.near, rows[i].step, rows[i].option);
        CHECK_INT(heard.n_fed, 1);
        CHECK_INT(heard.fed[0].kind, INPUT_SELFTEST);
        CHECK_INT(heard.fed[0].test.step, rows[i].is);
        CHECK_INT(heard.fed[0].test.role, rows[i].role);
        CHECK_INT(heard.fed[0].test.ms, rows[i].ms);
        selftest_told(s, &(struct effect_tested){.outcome = TESTED_FREE});
        CHECK_STR(strtok((char *)peer_end_read(loop, p.far), ","), "{\"terminal\":\"t-1103-003\"");
    }
    end(p);
}

TEST(other_words_are_refused)
{
    struct peer_end p = begin();
    static const char *const rows[][2] = {{"print", "reader"}, {"print", ""}, {"dance", ""}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        selftest_request(s, p.near, rows[i][0], rows[i][1]);
        CHECK(strstr(peer_end_read(loop, p.far), "\"error\""));
    }
    CHECK_INT(heard.n_fed, 0);
    end(p);
}

TEST(what_came_of_it)
{
    struct peer_end p = begin();
    static const struct {
        struct effect_tested told;
        const char *answer;
    } rows[] = {
        {{.outcome = TESTED_PAPER, .print = PRINT_DONE, .why = PRINTER_LOW}, "{\"outcome\":\"done\",\"why\":\"\"}\n"},
        {{.outcome = TESTED_PAPER, .print = PRINT_NOT, .why = PRINTER_NO_PAPER},
         "{\"outcome\":\"not-printed\",\"why\":\"no-paper\"}\n"},
        {{.outcome = TESTED_FAILED}, "{\"card\":\"failed\"}\n"},
        {{.outcome = TESTED_NO_READER}, "{\"card\":\"no-reader\"}\n"},
        {{.outcome = TESTED_SERVING}, "{\"busy\":\"somebody is being served\"}\n"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        selftest_request(s, p.near, "begin", "");
        selftest_told(s, &rows[i].told);
        CHECK_STR(peer_end_read(loop, p.far), rows[i].answer);
    }
    selftest_told(s, &rows[0].told); /* nobody waits */
    CHECK_STR(peer_end_read(loop, p.far), "");
    end(p);
}

TEST(one_at_a_time)
{
    struct peer_end p = begin(), other = peer_end_make(loop);

    selftest_request(s, p.near, "begin", "");
    selftest_request(s, other.near, "print", "receipt");
    CHECK_STR(peer_end_read(loop, other.far), "{\"busy\":\"another test runs\"}\n");
    CHECK_INT(heard.n_fed, 1);
    selftest_gone(s, other.near); /* it was not its step */
    CHECK_INT(heard.n_fed, 1);
    selftest_gone(s, p.near);
    CHECK_INT(heard.n_fed, 2);
    CHECK_INT(heard.fed[1].test.step, SELFTEST_STOP);
    selftest_request(s, other.near, "print", "receipt");
    CHECK_INT(heard.n_fed, 3);
    line_destroy(other.near);
    close(other.far);
    end(p);
}

TEST(facts_wait_for_the_journal)
{
    struct peer_end p = begin();

    selftest_request(s, p.near, "facts", "");
    CHECK_INT(checks, 1);
    CHECK_INT(heard.n_fed, 0);
    CHECK_STR(peer_end_read(loop, p.far), "");
    selftest_checked(s);
    CHECK_STR(peer_end_read(loop, p.far), "{\"all\":\"well\"}\n");
    selftest_checked(s);
    CHECK_STR(peer_end_read(loop, p.far), "");
    end(p);
}

TEST_MAIN(T(words_become_steps), T(other_words_are_refused), T(what_came_of_it), T(one_at_a_time),
          T(facts_wait_for_the_journal))
