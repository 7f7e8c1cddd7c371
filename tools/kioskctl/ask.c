/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/fs.h"
#include "base/line.h"
#include "tools/kioskctl/kioskctl.h"

#define WORDS_MAX 256

/* The greeting, which has no answer, and the request; without the last newline. */
static int compose(const struct peer_line *request, struct buf *out, struct err *e)
{
    buf_init(out, WORDS_MAX);
    int rc = peer_encode(&(struct peer_line){.kind = PEER_HELLO_TOOL}, out);
    if (rc == 0)
        rc = buf_addc(out, '\n');
    if (rc == 0)
        rc = peer_encode(request, out);
    return rc < 0 ? err_set(e, -rc, "kiosk would not understand the request") : 0;
}

static int connect_kiosk(const char *run, int *ret_fd, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];

    if (fs_join(path, sizeof path, run, "kiosk.sock"))
        return err_set(e, ERR_TOOLONG, "the path is too long");
    return err_wrap(e, line_connect(path, ret_fd, e), "kiosk does not run, or its --run is not %s", run);
}

int kioskctl_begin(const char *run, const struct peer_line *request, int *ret_fd, struct err *e)
{
    struct buf words;
    int fd = -1, rc = compose(request, &words, e);

    if (rc == 0)
        rc = connect_kiosk(run, &fd, e);
    if (rc == 0 && buf_addc(&words, '\n') == 0 && write(fd, words.data, words.len) != (ssize_t)words.len)
        rc = err_errno(e, "ask kiosk");
    buf_finish(&words);
    if (rc == 0)
        *ret_fd = fd;
    else if (fd >= 0)
        close(fd);
    return rc;
}

int kioskctl_ask(const char *run, const struct peer_line *request, int timeout_ms, char *answer, size_t cap, struct err *e)
{
    struct buf words;
    int fd = -1, rc = compose(request, &words, e);

    if (rc == 0)
        rc = connect_kiosk(run, &fd, e);
    if (rc == 0)
        rc = err_wrap(e, line_call(fd, buf_str(&words), answer, cap, timeout_ms, e), "ask kiosk");
    buf_finish(&words);
    if (fd >= 0)
        close(fd);
    return rc;
}
