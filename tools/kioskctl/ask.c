/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/line.h"
#include "tools/kioskctl/kioskctl.h"

int kioskctl_ask(const char *run, const char *request, int timeout_ms, char *answer, size_t cap, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX], words[256];
    int fd;

    if (fs_join(path, sizeof path, run, "kiosk.sock"))
        return err_set(e, ERR_TOOLONG, "the path is too long");
    if ((size_t)snprintf(words, sizeof words, "hello ctl\n%s", request) >= sizeof words) /* the greeting has no answer */
        return err_set(e, ERR_TOOLONG, "the request is too long");
    int rc = line_connect(path, &fd, e);
    if (rc)
        return err_wrap(e, rc, "kiosk does not run, or its --run is not %s", run);
    rc = line_call(fd, words, answer, cap, timeout_ms, e);
    close(fd);
    return err_wrap(e, rc, "ask kiosk");
}
