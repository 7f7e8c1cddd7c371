/* SPDX-License-Identifier: Apache-2.0
 *
 * See look.h.
 */
#include "tools/flash/look.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"

void look_begin(struct look *l, const struct medium *md, struct content *ret)
{
    struct content c;
    int ends[2];

    *ret = (struct content){.holds = HOLDS_UNREAD};
    *l = (struct look){0};
    pid_t pid = pipe(ends) == 0 ? child_fork(ends[1], NULL) : -1;
    if (pid == 0) {
        content_look(md, &c);
        _exit(write(ends[1], &c, sizeof c) != sizeof c); /* one piece: less than PIPE_BUF */
    }
    if (pid < 0) {
        content_look(md, ret);
        return;
    }
    close(ends[1]);
    *l = (struct look){pid, ends[0]};
}

/* Whoever hangs in the kernel cannot be waited for; he ends when the kernel lets him. */
void look_drop(struct look *l)
{
    if (!l->pid)
        return;
    kill(l->pid, SIGKILL);
    waitpid(l->pid, NULL, WNOHANG);
    close(l->fd);
    *l = (struct look){0};
}

bool look_end(struct look *l, int ms, struct content *ret)
{
    struct pollfd p = {.fd = l->fd, .events = POLLIN};
    struct content c;

    if (!l->pid)
        return true;
    if (poll(&p, 1, ms) <= 0)
        return false;
    *ret = (struct content){.holds = HOLDS_UNREAD};
    if (read(l->fd, &c, sizeof c) == sizeof c)
        *ret = c;
    look_drop(l);
    return true;
}

void look_now(const struct medium *md, int ms, struct content *ret)
{
    struct look l;

    look_begin(&l, md, ret);
    if (!look_end(&l, ms, ret))
        look_drop(&l);
}
