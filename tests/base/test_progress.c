/* SPDX-License-Identifier: Apache-2.0
 *
 * Long work: silent for two seconds, then one line, which goes away.
 */
#include "base/progress.h"

#include "base/clock.h"
#include "test.h"

static char *text;
static size_t len;

static struct progress begin(void)
{
    struct progress p;

    progress_begin(&p, "items read");
    p.to = open_memstream(&text, &len); /* as if it were a terminal */
    return p;
}
static void finish(struct progress *p)
{
    fclose(p->to);
    free(text);
}

TEST(short_work_says_nothing)
{
    struct progress p = begin();

    progress_step(&p, 1, 10);
    clock_advance(1900);
    progress_step(&p, 9, 10);
    progress_end(&p);
    fflush(p.to);
    CHECK_INT(len, 0);
    finish(&p);
}

TEST(long_work_says_how_far_it_is)
{
    struct progress p = begin();

    clock_advance(2000);
    progress_step(&p, 4, 10);
    CHECK_STR(text, "\r\033[Kitems read: 4 of 10");
    progress_step(&p, 5, 10); /* not every step */
    CHECK_STR(text, "\r\033[Kitems read: 4 of 10");
    clock_advance(1000);
    progress_step(&p, 0, 0);
    CHECK_STR(text, "\r\033[Kitems read: 4 of 10\r\033[Kitems read: 3 s");
    progress_end(&p);
    progress_end(&p);
    CHECK_STR(text + len - 4, "\r\033[K");
    CHECK_STR(text, "\r\033[Kitems read: 4 of 10\r\033[Kitems read: 3 s\r\033[K");
    finish(&p);
}

TEST(nobody_watches)
{
    struct progress p;

    progress_begin(NULL, "");
    progress_step(NULL, 1, 1);
    progress_end(NULL);
    progress_begin(&p, "items read"); /* the test's standard error may be anything */
    p.to = NULL;
    clock_advance(5000);
    progress_step(&p, 1, 2);
    progress_end(&p);
    CHECK(!p.shown);
}

TEST_MAIN(T(short_work_says_nothing), T(long_work_says_how_far_it_is), T(nobody_watches))
