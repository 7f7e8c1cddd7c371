/* SPDX-License-Identifier: Apache-2.0
 *
 * Scenario files are checked whole before anything runs.
 */
#include <stdio.h>
#include <unistd.h>

#include "test.h"
#include "tools/scenario/script.h"

static int load(const char *text, struct script **ret, struct err *e)
{
    char path[] = "/tmp/script.XXXXXX";
    int fd = mkstemp(path), rc;

    if (write(fd, text, strlen(text)) < 0)
        abort();
    close(fd);
    rc = script_load(path, ret, e);
    unlink(path);
    return rc;
}

static void check_refused(const char *text, const char *because)
{
    struct script *s = NULL;
    struct err e = {0};

    CHECK(load(text, &s, &e) < 0);
    CHECK(!s);
    if (!strstr(e.text, because))
        CHECK_STR(e.text, because);
}

TEST(steps_and_words)
{
    struct script *s = NULL;
    struct err e = {0};

    CHECK_INT(load("# a remark\n\ntitle a visit\n\ttap \"确认 提交\"\nat the end\nexpect screen idle\n", &s, &e), 0);
    if (!s)
        return;
    CHECK_INT(script_steps(s), 4);
    CHECK_INT(script_step(s, 1)->verb, VERB_TAP);
    CHECK_INT(script_step(s, 1)->line, 4);
    CHECK_STR(script_step(s, 1)->words[0], "确认 提交");
    CHECK(script_step(s, 1)->quoted[0]);
    CHECK_INT(script_end(s), 2);
    CHECK(script_uses(s, VERB_EXPECT, "screen", "idle"));
    CHECK(!script_uses(s, VERB_EXPECT, "screen", "home"));
    script_free(s);
}

TEST(refused_before_anything_runs)
{
    check_refused("dance\n", "line 1: there is no step \"dance\"");
    check_refused("title x\ntap\n", "line 2: tap takes");
    check_refused("tap \"open\n", "a quote is not closed");
    check_refused("tap \xff\n", "not UTF-8");
    check_refused("include nowhere\n", "line 1: include nowhere");
}

TEST_MAIN(T(steps_and_words), T(refused_before_anything_runs))
