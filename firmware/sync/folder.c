/* SPDX-License-Identifier: Apache-2.0
 *
 * See folder.h.
 */
#include "sync/folder.h"

#include "base/fs.h"

#define LOCK_WAIT_MS 5000 /* one that was killed a moment ago may not have let go yet */

int folder_terminal(const char *data, struct terminal_config *ret, struct err *e)
{
    char path[512];
    if (fs_join(path, sizeof path, data, "terminal.json"))
        return err_set(e, ERR_TOOLONG, "%s", data);
    return terminal_config_read(path, ret, e);
}

int folder_take(const char *data, struct err *e)
{
    char folder[480], lock[512];
    int fd, rc = fs_join(folder, sizeof folder, data, "sync");
    if (rc || fs_join(lock, sizeof lock, folder, "sync.lock"))
        return err_set(e, ERR_TOOLONG, "%s", data);
    rc = fs_mkdir(folder, 0755, e); /* DATA is there, or the name is mistyped */
    if (rc == 0)
        rc = fs_lock(lock, LOCK_WAIT_MS, &fd, e);
    return rc == -ERR_BUSY ? err_set(e, ERR_BUSY, "another kiosk-sync works in %s: stop it first", folder) : rc;
}
