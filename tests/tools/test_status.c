/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl status against a kiosk that says what the test wants.
 */
#include "test.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/line.h"
#include "tools/kioskctl/kioskctl.h"

static char dir[] = "/tmp/tongban-status-XXXXXX";
static const char *answer; /* NULL: hangs up */

static void on_line(void *ctx, struct line *c, char *text)
{
    if (!text || !answer)
        line_destroy(c);
    else if (!strcmp(text, "status"))
        line_send(c, answer);
}

static void on_accept(void *ctx, int fd)
{
    line_create(ctx, fd, on_line, NULL);
}

/* A process that serves dir/kiosk.sock; returns when it listens. */
static pid_t serve(void)
{
    char path[64];
    int ready[2];

    if (pipe(ready))
        exit(1);
    snprintf(path, sizeof path, "%s/kiosk.sock", dir);
    pid_t pid = fork();
    if (pid == 0) {
        struct loop *l = loop_create();
        struct line_server *s;
        if (line_listen(l, path, on_accept, l, &s, NULL))
            _exit(1);
        close(ready[0]);
        close(ready[1]);
        loop_run(l);
        _exit(0);
    }
    close(ready[1]);
    char c;
    if (read(ready[0], &c, 1) != 0)
        exit(1);
    close(ready[0]);
    return pid;
}

/* Runs the command; *ret_said is what it printed. */
static int status(const char *answer_, bool json, char said[2000])
{
    char *argv[] = {(char[]){"status"}, (char[]){"--run"}, dir, (char[]){"--json"}, NULL};

    answer = answer_;
    pid_t pid = serve();
    FILE *out = tmpfile();
    int old = dup(STDOUT_FILENO);
    fflush(stdout);
    dup2(fileno(out), STDOUT_FILENO);
    int code = kioskctl_status(json ? 4 : 3, argv);
    fflush(stdout);
    dup2(old, STDOUT_FILENO);
    close(old);
    rewind(out);
    said[fread(said, 1, 1999, out)] = 0;
    fclose(out);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    return code;
}

TEST(in_order)
{
    char said[2000];

    CHECK_INT(status("{\"screen\":\"home\",\"last_record\":41,\"storage\":true,\"reader\":\"\"}", true, said), EXIT_OK);
    CHECK_STR(said, "{\"screen\":\"home\",\"last_record\":41,\"storage\":true,\"reader\":\"\"}\n");
    CHECK_INT(status("{\"screen\":\"home\",\"last_record\":41,\"storage\":true,\"reader\":\"\"}", false, said), EXIT_OK);
    CHECK(strstr(said, "screen         home\n") != NULL);
    CHECK(strstr(said, "last_record    41\n") != NULL);
    CHECK(strstr(said, "storage        yes\n") != NULL);
    CHECK(strstr(said, "reader         none\n") != NULL);
}

TEST(no_storage)
{
    char said[2000];

    CHECK_INT(status("{\"storage\":false}", true, said), EXIT_BAD);
}

TEST(no_sense)
{
    char said[2000];

    CHECK_INT(status("what?", true, said), EXIT_CANNOT);
    CHECK_STR(said, "");
}

TEST(hangs_up)
{
    char said[2000];

    CHECK_INT(status(NULL, true, said), EXIT_CANNOT);
}

TEST(begin)
{
    CHECK(mkdtemp(dir) != NULL);
}

TEST(end)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(begin), T(in_order), T(no_storage), T(no_sense), T(hangs_up), T(end))
