/* SPDX-License-Identifier: Apache-2.0
 *
 * Names asked for in a thread: one that is an address already, one that can be none, and one that is let go of. What a name
 * server says, or does not, is tested where there is one that lies: lying_network.sh.
 */
#include "sync/resolve.h"

#include <string.h>

#include "test.h"

static struct loop *loop;
static enum resolved was;
static char address[RESOLVE_ADDRESS_MAX + 1];
static int answers;

static void on_resolved(void *ctx, enum resolved what, const char *at)
{
    was = what;
    snprintf(address, sizeof address, "%s", at);
    answers++;
}

static void ask(const char *name)
{
    int before = answers;

    CHECK(resolve_start(loop, name, on_resolved, NULL) != NULL);
    CHECK_INT(answers, before); /* never at once */
    while (answers == before)
        loop_step(loop, -1);
}

TEST(names)
{
    char long_one[RESOLVE_NAME_MAX + 1];

    loop = loop_create();
    ask("127.0.0.1");
    CHECK_INT(was, RESOLVED);
    CHECK_STR(address, "127.0.0.1");
    ask("::1");
    CHECK_STR(address, "::1");
    memset(long_one, 'a', sizeof long_one - 1); /* a part of a name has 63 letters at most */
    long_one[sizeof long_one - 1] = '\0';
    ask(long_one);
    CHECK(was != RESOLVED);
    CHECK_STR(address, "");
    loop_destroy(loop);
}

TEST(let_go_of)
{
    loop = loop_create();
    int before = answers;
    for (int i = 0; i < 20; i++)
        resolve_cancel(resolve_start(loop, "127.0.0.1", on_resolved, NULL));
    resolve_cancel(NULL);
    loop_step(loop, 0);
    CHECK_INT(answers, before);
    loop_destroy(loop);
}

TEST_MAIN(T(names), T(let_go_of))
