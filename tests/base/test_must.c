/* SPDX-License-Identifier: Apache-2.0
 *
 * must(): the program ends, and its log says why.
 */
#include "base/must.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

/* What a child that evaluates must(`holds`) leaves on stderr; its status in *ret. */
static void child(int holds, char *text, size_t cap, int *ret)
{
    int ends[2];
    ssize_t n;

    if (pipe(ends))
        abort();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        must(holds, "two is two");
        _exit(7);
    }
    close(ends[1]);
    n = read(ends[0], text, cap - 1);
    text[n > 0 ? n : 0] = '\0';
    close(ends[0]);
    waitpid(pid, ret, 0);
}

TEST(what_holds_goes_on)
{
    char text[400];
    int status;

    child(1, text, sizeof text, &status);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    CHECK_STR(text, "");
}

TEST(what_does_not_ends_the_program_and_says_where)
{
    char text[400];
    int status;

    child(0, text, sizeof text, &status);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    CHECK(strstr(text, "two is two") && strstr(text, "test_must.c:"));
}

TEST_MAIN(T(what_holds_goes_on), T(what_does_not_ends_the_program_and_says_where))
