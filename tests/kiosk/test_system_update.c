/* SPDX-License-Identifier: Apache-2.0
 *
 * A technician's part of updates: one line to root's part, what it answers, and that an old answer is none. Orders of the
 * hall are played by tests/scenarios/system-*.txt.
 */
#include "kiosk/system_update.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "kiosk/port_test.h"

static char folder[] = "/tmp/tongban-update-XXXXXX", run[64], go[80], status[96];
static struct loop *loop;
static struct system_update *u;
static int again;

static bool no(void *ctx)
{
    return false;
}

static void on_again(void *ctx)
{
    again++;
}

static void say(const char *json)
{
    CHECK_INT(fs_write_atomic(status, json, strlen(json), 0644, NULL), 0);
}

static void begin(void)
{
    static const struct system_update_events events = {.nobody_here = no, .clock_sure = no, .again = on_again};

    strcpy(strrchr(folder, '-'), "-XXXXXX");
    CHECK(mkdtemp(folder));
    snprintf(run, sizeof run, "%s/run", folder);
    snprintf(go, sizeof go, "%s/update-go", run);
    snprintf(status, sizeof status, "%s-update", run);
    CHECK_INT(fs_mkdirs(run, 0755, NULL), 0);
    CHECK_INT(fs_mkdirs(status, 0755, NULL), 0);
    snprintf(status, sizeof status, "%s-update/status", run);
    loop = loop_create();
    hear_anew();
    again = 0;
    u = system_update_create(loop, run, "t-1103-003", &events, NULL, &port);
}

static void end(void)
{
    char command[80];

    system_update_destroy(u);
    loop_destroy(loop);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK_INT(system(command), 0);
}

static const char *asked_for(void)
{
    static char line[80];
    struct buf b;

    line[0] = '\0';
    if (fs_read(go, sizeof line - 1, &b, NULL) == 0)
        text_copy(line, sizeof line, buf_str(&b));
    buf_finish(&b);
    return line;
}

/* Two seconds on, as often as it looks. */
static struct system_facts later(int64_t ms)
{
    struct system_facts f;

    clock_advance(ms);
    loop_step(loop, 0);
    system_update_facts(u, &f);
    return f;
}

#define STATUS(state, version, why, at)                                                                                     \
    "{\"state\":\"" state "\",\"version\":\"" version "\",\"why\":\"" why                                                   \
    "\",\"running\":\"1.5.1\",\"slot\":\"a\",\"other\":\"1.5.0\",\"left\":\"good\",\"at\":" at "}"

TEST(tells_what_root_said)
{
    struct system_facts f;

    begin();
    system_update_facts(u, &f);
    CHECK_STR(f.report.running, "");
    say(STATUS("fellback", "1.5.2", "not-ready", "5"));
    system_update_facts(u, &f);
    CHECK_STR(f.report.running, "1.5.1");
    CHECK_INT(f.report.state, SYSTEM_FELLBACK);
    CHECK_INT(system_report_other(&f.report), SYSTEM_OTHER_GOOD);
    CHECK_STR(f.wanted, "");
    say("{\"state\":\"brilliant\"}");
    system_update_facts(u, &f);
    CHECK_STR(f.report.running, ""); /* what cannot be read is not told */
    end();
}

TEST(a_stick_and_what_became_of_it)
{
    struct system_facts f;

    begin();
    say(STATUS("refused", "stick", "no-bundle", "5"));
    system_update_from_stick(u);
    CHECK_STR(asked_for(), "stick\n");
    CHECK(fed(INPUT_UPDATE)->update.on);
    f = later(2000);
    CHECK(f.asked == SYSTEM_ASKED_STICK && !f.heard); /* that was the answer of before */
    system_update_to_other(u);                        /* one at a time */
    CHECK_STR(asked_for(), "stick\n");
    unlink(go);
    f = later(2000);
    CHECK(f.asked == SYSTEM_ASKED_STICK && !f.heard);
    say(STATUS("installing", "1.5.2", "", "9"));
    f = later(2000);
    CHECK(f.asked == SYSTEM_ASKED_STICK && f.heard);
    say(STATUS("restarting", "1.5.2", "", "9"));
    later(2000);
    CHECK(fed(INPUT_UPDATE)->update.restarting);
    end();
}

TEST(refused_twice_the_same_way)
{
    struct system_facts f;

    begin();
    say(STATUS("refused", "stick", "no-bundle", "5"));
    system_update_from_stick(u);
    unlink(go);
    say(STATUS("refused", "stick", "no-bundle", "6"));
    f = later(2000);
    CHECK_INT(f.asked, SYSTEM_ASKED_NOTHING);
    CHECK(!fed(INPUT_UPDATE)->update.on);
    CHECK_INT(again, 0); /* the hall had ordered nothing */
    system_update_to_other(u);
    CHECK_STR(asked_for(), "back\n");
    end();
}

TEST_MAIN(T(tells_what_root_said), T(a_stick_and_what_became_of_it), T(refused_twice_the_same_way))
