/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl rebuild: what is derived from records, made anew from them.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "tools/hall/store/projection.h"
#include "tools/hallctl/case.h"

static const char usage[] =
    "hallctl rebuild --data DIR [--json]\n"
    "Makes anew, from the stored records, what is derived from them: which case numbers there are and, from what happened\n"
    "to them, where each case stands; the tickets of the queues, the ratings. Records, events of cases, whose they are "
    "blindly, leases,\n"
    "pauses and what windows called stay as they are. For a database that was repaired by hand; all in one step, or "
    "nothing. The hall\n"
    "must be stopped; on PostgreSQL, every hall.\n"
    "  --json  {\"records\":N}\n";

static int rebuild(struct store *s, const struct published *p, struct err *e)
{
    int rc = store_begin(s, e);
    int n = rc < 0 ? rc : projection_rebuild(s, p->calendar, e);
    if (n >= 0)
        rc = store_audit(s, 0, hallctl_who(), "rebuild", "projections", "", e);
    if (n < 0 || rc < 0) {
        store_rollback(s);
        return n < 0 ? n : rc;
    }
    rc = store_commit(s, e);
    return rc < 0 ? rc : n;
}

/* The hall's own lock: it would write meanwhile. */
static int lock(const char *data, int *ret_fd, struct err *e)
{
    char path[512];
    if (fs_join(path, sizeof path, data, "hall.lock") < 0)
        return err_set(e, ERR_TOOLONG, "%s", data);
    int rc = fs_lock(path, 0, ret_fd, e);
    return rc == -ERR_BUSY ? err_set(e, ERR_BUSY, "a hall runs on %s: stop it first; terminals keep what they have", data)
                           : rc;
}

static void report(int n, bool json)
{
    struct hallctl_object o;
    if (!json) {
        printf("derived from %d records\n", n);
        return;
    }
    hallctl_object_open(&o);
    jsonw_int(&o.w, "records", n);
    hallctl_object_print(&o);
}

int hallctl_rebuild(int argc, char **argv)
{
    const char *data = NULL;
    bool json = false;
    struct store *s = NULL;
    struct published p = {0};
    struct err e = {0};
    int fd = -1;
    const struct option_word options[] = {{"--data", &data, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read("hallctl rebuild", argc, argv, usage, options, NULL, 0, &n);
    if (code < 0)
        code = options_fit("hallctl rebuild", options, "--data", "--json");
    if (code >= 0)
        return code;
    int rc = store_open(data, &s, &e);
    if (rc == 0)
        rc = lock(data, &fd, &e);
    if (rc == 0)
        rc = published_open(data, &p, &e);
    n = rc < 0 ? rc : rebuild(s, &p, &e);
    published_close(&p);
    store_close(s);
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return hallctl_fail(&e);
    report(n, json);
    return EXIT_OK;
}
