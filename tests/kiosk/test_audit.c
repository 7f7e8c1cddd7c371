/* SPDX-License-Identifier: Apache-2.0
 *
 * The check of the journal by a program of its own: what it says, and when there is none.
 */
#include "kiosk/audit.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"

static struct loop *loop;
static int news;

static void on_news(void *ctx)
{
    news++;
}

/* A kioskctl beside this program, where children are looked for, which says `json`; "": there is none. Back to nothing at
 * the end of each test. */
static void kioskctl_says(const char *json)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 16);

    path[n > 0 ? n : 0] = '\0';
    strcpy(strrchr(path, '/') + 1, "kioskctl");
    unlink(path);
    if (!*json)
        return;
    FILE *f = fopen(path, "w");
    if (!f || fprintf(f, "#!/bin/sh\ncat <<'E'\n%s\nE\n", json) < 0 || fclose(f) || chmod(path, 0755))
        abort();
}

static enum chain_check check(struct audit *a)
{
    audit_start(a);
    for (int i = 0; i < 1000 && audit_state(a) == CHAIN_CHECKING; i++)
        loop_step(loop, 10);
    return audit_state(a);
}

TEST(what_the_program_says)
{
    loop = loop_create();
    struct audit *a = audit_create(loop, "/nowhere", on_news, NULL);

    CHECK_INT(audit_state(a), CHAIN_UNCHECKED);
    kioskctl_says("{\"ok\":true,\"records\":41}");
    CHECK_INT(check(a), CHAIN_GOOD);
    CHECK_INT(audit_records(a), 41);
    CHECK_INT(news, 2); /* it began, it ended */
    kioskctl_says("{\"ok\":false,\"records\":7,\"error\":\"record 8 has another hash\"}");
    CHECK_INT(check(a), CHAIN_BAD);
    CHECK_INT(audit_records(a), 7);
    kioskctl_says("what?");
    CHECK_INT(check(a), CHAIN_BAD);
    kioskctl_says("");
    CHECK_INT(check(a), CHAIN_UNCHECKED); /* there is no such program: nothing is known */
    audit_destroy(a);
    loop_destroy(loop);
}

TEST(one_at_a_time)
{
    loop = loop_create();
    struct audit *a = audit_create(loop, "/nowhere", on_news, NULL);

    kioskctl_says("{\"ok\":true,\"records\":1}");
    news = 0;
    audit_start(a);
    audit_start(a);
    CHECK_INT(news, 1);
    audit_destroy(a); /* ends it */
    audit_destroy(NULL);
    kioskctl_says("");
    loop_destroy(loop);
}

TEST_MAIN(T(what_the_program_says), T(one_at_a_time))
