/* SPDX-License-Identifier: Apache-2.0
 *
 * The logs onto a stick: one line to root's part, its answer, an answer of before, rubbish, and nobody there.
 */
#include "kiosk/logs_desk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "test.h"

static char folder[] = "/tmp/tongban-logs-XXXXXX", run[64], go[80], status[96];
static struct loop *loop;
static struct logs_desk *d;
static int told;

static void on_told(void *ctx)
{
    told++;
}

static void say(const char *line)
{
    CHECK_INT(fs_write_atomic(status, line, strlen(line), 0644, NULL), 0);
}

static void begin(void)
{
    strcpy(strrchr(folder, '-'), "-XXXXXX");
    CHECK(mkdtemp(folder));
    snprintf(run, sizeof run, "%s/run", folder);
    snprintf(go, sizeof go, "%s/logs-go", run);
    snprintf(status, sizeof status, "%s-logs", run);
    CHECK_INT(fs_mkdirs(run, 0755, NULL), 0);
    CHECK_INT(fs_mkdirs(status, 0755, NULL), 0);
    snprintf(status, sizeof status, "%s-logs/status", run);
    loop = loop_create();
    told = 0;
    d = logs_desk_create(loop, run, on_told, NULL);
}

static void end(void)
{
    char command[80];

    logs_desk_destroy(d);
    loop_destroy(loop);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK_INT(system(command), 0);
}

static struct logs_facts later(void)
{
    struct logs_facts f;

    clock_advance(1000);
    loop_step(loop, 0);
    logs_desk_facts(d, &f);
    return f;
}

TEST(asks_and_is_answered)
{
    struct logs_facts f;

    begin();
    say("done 1 5 old.txt\n");
    logs_desk_facts(d, &f);
    CHECK_INT(f.state, LOGS_NOTHING); /* somebody else's */
    logs_desk_ask(d);
    CHECK(access(go, F_OK) == 0);
    CHECK_INT(later().state, LOGS_WORKING); /* that was the answer of before */
    unlink(go);
    logs_desk_ask(d); /* one at a time */
    CHECK(access(go, F_OK) != 0);
    say("working 1 6 \n");
    CHECK_INT(later().state, LOGS_WORKING);
    say("done 318 7 tongban-t-1.txt\n");
    f = later();
    CHECK_INT(f.state, LOGS_DONE);
    CHECK_INT(f.kb, 318);
    CHECK_STR(f.file, "tongban-t-1.txt");
    CHECK_INT(told, 2);
    logs_desk_ask(d);
    say("no-stick 318 9 \n");
    f = later();
    CHECK_INT(f.state, LOGS_NO_STICK);
    CHECK_STR(f.file, "");
    end();
}

TEST(what_is_no_answer)
{
    begin();
    logs_desk_ask(d);
    unlink(go);
    say("done 31");
    CHECK_INT(later().state, LOGS_WORKING); /* half a line is none yet */
    say("brilliant 1 9 \n");
    CHECK_INT(later().state, LOGS_BROKEN);
    end();
}

TEST(nobody_there)
{
    struct logs_facts f = {.state = LOGS_WORKING};

    begin();
    logs_desk_ask(d);
    for (int i = 0; i < 400 && f.state == LOGS_WORKING; i++)
        f = later();
    CHECK_INT(f.state, LOGS_NOBODY);
    CHECK(access(go, F_OK) != 0); /* nobody takes it later, unasked */
    logs_desk_ask(d);
    CHECK_INT(later().state, LOGS_WORKING);
    end();
}

TEST(for_the_hall)
{
    const uint8_t id[ACT_ID_LEN] = {0xab, 1};
    char path[96];
    struct buf b;

    begin();
    snprintf(path, sizeof path, "%s/logs-hall", run);
    CHECK_INT(logs_desk_for_hall(d, id, NULL), 0);
    CHECK_INT(fs_read(path, 64, &b, NULL), 0);
    CHECK_STR(buf_str(&b), "ab010000000000000000000000000000\n");
    buf_finish(&b);
    CHECK_INT(told, 0); /* no page waits for it */
    end();
}

TEST_MAIN(T(for_the_hall), T(asks_and_is_answered), T(what_is_no_answer), T(nobody_there))
