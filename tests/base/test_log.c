/* SPDX-License-Identifier: Apache-2.0
 *
 * Log lines: one line a message, whatever it holds.
 */
#include "base/log.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/version.h"
#include "test.h"

static char got[4096];
static int pipe_fd[2], saved;

static void catch_stderr(void)
{
    CHECK_INT(pipe2(pipe_fd, O_NONBLOCK), 0);
    saved = dup(STDERR_FILENO);
    dup2(pipe_fd[1], STDERR_FILENO);
}

static void release_stderr(void)
{
    dup2(saved, STDERR_FILENO);
    close(saved);
    ssize_t n = read(pipe_fd[0], got, sizeof got - 1);
    got[n > 0 ? n : 0] = '\0';
    close(pipe_fd[0]);
    close(pipe_fd[1]);
}

TEST(level_module_message)
{
    catch_stderr();
    log_info("journal", "opened, last record %d", 41);
    release_stderr();
    CHECK_STR(got, "<6>journal: opened, last record 41\n");
}

TEST(levels)
{
    catch_stderr();
    log_warn("x", "careful");
    log_error("x", "broken");
    release_stderr();
    CHECK_STR(got, "<4>x: careful\n<3>x: broken\n");
}

TEST(a_message_cannot_start_another)
{
    catch_stderr();
    log_info("x", "a\n<3>forged: b\x1b[0m");
    release_stderr();
    CHECK_STR(got, "<6>x: a <3>forged: b [0m\n");
}

TEST(long_messages_are_cut)
{
    char big[3000];
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    catch_stderr();
    log_info("x", "%s", big);
    release_stderr();
    CHECK(strlen(got) > 900 && strlen(got) <= 1024);
    CHECK(got[strlen(got) - 1] == '\n');
}

/* Whatever minute it is: the first message of this test begins a new one. */
TEST(a_flood_is_bounded_and_counted)
{
    int n = 0;

    clock_advance(60000);
    log_set_rate(20);
    catch_stderr();
    for (int i = 0; i < 1000; i++)
        log_warn("x", "flood");
    log_error("x", "errors have their own number");
    release_stderr();
    for (const char *p = got; (p = strstr(p, "flood")); p++)
        n++;
    CHECK(n >= 20 && n <= 40); /* a minute may have ended meanwhile */
    CHECK(strstr(got, "errors have their own number"));
    catch_stderr();
    clock_advance(60000);
    log_info("x", "after");
    release_stderr();
    CHECK(strstr(got, "messages were left out"));
    CHECK(strstr(got, "<6>x: after\n"));
    CHECK(!strstr(got, "flood"));
    log_set_rate(LOG_PER_MINUTE);
}

TEST(a_file_does_not_grow_for_ever)
{
    char path[] = "/tmp/tongban-test-log-XXXXXX";
    int fd = mkstemp(path), kept = dup(STDERR_FILENO);
    struct stat st;

    CHECK_INT(ftruncate(fd, LOG_FILE_MAX + 1), 0);
    dup2(fd, STDERR_FILENO);
    log_info("x", "too much");
    dup2(kept, STDERR_FILENO);
    CHECK_INT(fstat(fd, &st), 0);
    CHECK_INT(st.st_size, LOG_FILE_MAX + 1);
    CHECK_INT(ftruncate(fd, 0), 0);
    dup2(fd, STDERR_FILENO);
    log_info("x", "and on");
    dup2(kept, STDERR_FILENO);
    CHECK_INT(fstat(fd, &st), 0);
    CHECK_INT(st.st_size, strlen("<6>x: and on\n"));
    unlink(path);
    close(fd);
    close(kept);
}

TEST(there_is_a_version)
{
    CHECK(version_text()[0] != '\0');
}

TEST_MAIN(T(level_module_message), T(levels), T(a_message_cannot_start_another), T(long_messages_are_cut),
          T(a_flood_is_bounded_and_counted), T(a_file_does_not_grow_for_ever), T(there_is_a_version))
