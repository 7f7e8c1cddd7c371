/* SPDX-License-Identifier: Apache-2.0
 *
 * A kiosk that answers one request with what the test wants, for the commands that ask one.
 */
#ifndef TESTS_TOOLS_FAKE_KIOSK_H
#define TESTS_TOOLS_FAKE_KIOSK_H

#include <poll.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/line.h"
#include "test.h"

static char dir[] = "/tmp/tongban-kiosk-XXXXXX";
static const char *answer, *asked; /* answer NULL: hangs up */

static void on_line(void *ctx, struct line *c, char *text)
{
    if (!text || !answer)
        line_destroy(c);
    else if (!strcmp(text, asked))
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

/* Runs a command against it; `said` is what it printed. */
static int run_command(int (*command)(int, char **), const char *word, const char *answer_, bool json, char said[4000])
{
    char *argv[] = {(char *)(uintptr_t)word, (char[]){"--run"}, dir, (char[]){"--json"}, NULL};

    answer = answer_;
    asked = word;
    pid_t pid = serve();
    FILE *out = tmpfile();
    int old = dup(STDOUT_FILENO);
    fflush(stdout);
    dup2(fileno(out), STDOUT_FILENO);
    int code = command(json ? 4 : 3, argv);
    fflush(stdout);
    dup2(old, STDOUT_FILENO);
    close(old);
    rewind(out);
    said[fread(said, 1, 3999, out)] = 0;
    fclose(out);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    return code;
}

#endif
