/* SPDX-License-Identifier: Apache-2.0
 *
 * See staff_role.h.
 */
#include "tools/hallctl/staff_role.h"

#include "tools/hallctl/hallctl.h"

/* 1: some account binds here; 0: none. */
static int is_bound(struct store *s, int office, bool whole, struct err *e)
{
    static struct hallctl_offices all;
    bool there = false;
    int rc = hallctl_all_offices(s, &all, e), any = 0;

    for (int i = 0; rc >= 0 && i < all.n; i++) {
        there |= all.list[i] == office;
        if ((whole || all.list[i] == office) && (rc = account_any(s, all.list[i], e)) > 0)
            any = 1;
    }
    if (rc >= 0 && !there)
        return err_set(e, ERR_NOTFOUND, "the hall has no office %04d", office);
    return rc < 0 ? rc : any;
}

int staff_may(struct store *s, int office, bool whole, const char *name, enum role_use use, bool *ret, struct err *e)
{
    struct account a;
    int rc = is_bound(s, office, whole, e);

    *ret = rc == 0;
    if (rc <= 0)
        return rc;
    rc = account_by_name(s, office, name, &a, e);
    if (rc == -ERR_NOTFOUND) {
        *e = (struct err){0};
        return 0;
    }
    *ret = rc == 0 && a.state != ACCOUNT_DISABLED && role_uses(a.role, use);
    return rc;
}
