/* SPDX-License-Identifier: Apache-2.0
 *
 * See once.h.
 */
#include "sync/once.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "sync/earlier.h"
#include "sync/enrol.h"
#include "sync/folder.h"

int once_exit(int rc)
{
    if (rc == 0)
        return ONCE_OK;
    if (rc == -ERR_REFUSED || rc == -ERR_SIGNATURE || rc == -ERR_KEY)
        return ONCE_REFUSED;
    if (rc == -ERR_UNREACHABLE || rc == -ERR_TIMEOUT || rc == -ERR_GONE)
        return ONCE_UNREACHABLE;
    return ONCE_FAILED;
}

int once_enrol(const struct sync_options *o)
{
    struct err e = {0};
    const struct sync_enrolment how = {
        .sheet_path = o->sheet, .data_dir = o->data, .built_ms = o->moved ? 0 : clock_built_ms(), .anew = o->anew};
    int rc = access(o->sheet, R_OK) ? err_errno(&e, "read the sheet %s", o->sheet) : folder_take(o->data, &e);
    if (rc == 0)
        rc = sync_enrol(&how, &e);
    if (rc)
        fprintf(stderr, "kiosk-sync: %s\n", e.text);
    return once_exit(rc);
}

int once_pending(const struct sync_options *o)
{
    struct terminal_config t;
    struct err e = {0};
    int64_t n = 0;
    int rc = folder_terminal(o->data, &t, &e);
    if (rc == 0)
        rc = folder_take(o->data, &e);
    if (rc == 0)
        rc = earlier_pending(o->data, t.epoch, &n, &e);
    if (rc)
        fprintf(stderr, "kiosk-sync: %s\n", e.text);
    else
        printf("%lld\n", (long long)n);
    return rc == -ERR_NOTFOUND ? ONCE_NOT_ENROLLED : once_exit(rc);
}
