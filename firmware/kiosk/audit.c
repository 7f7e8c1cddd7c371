/* SPDX-License-Identifier: Apache-2.0
 *
 * See audit.h.
 */
#include "kiosk/audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/must.h"
#include "base/work.h"

#define VERDICT_MAX 4096

struct audit {
    struct loop *loop;
    const char *data;
    void (*news)(void *ctx);
    void *ctx;
    struct work *work;
    enum chain_check state;
    uint64_t records;
};

struct audit *audit_create(struct loop *l, const char *data, void (*news)(void *ctx), void *ctx)
{
    struct audit *a = calloc(1, sizeof *a);

    must(a, "out of memory");
    *a = (struct audit){.loop = l, .data = data, .news = news, .ctx = ctx};
    return a;
}

void audit_destroy(struct audit *a)
{
    if (!a)
        return;
    work_cancel(a->work);
    free(a);
}

/* What kioskctl says of the journal. */
static enum chain_check verdict(const char *json, uint64_t *ret_records)
{
    if (sscanf(json, "{\"ok\":true,\"records\":%" SCNu64, ret_records) == 1)
        return CHAIN_GOOD;
    log_error("kiosk", "the journal is not in order: %s", json);
    sscanf(json, "{\"ok\":false,\"records\":%" SCNu64, ret_records);
    return CHAIN_BAD;
}

static void on_verified(void *ctx, const void *result)
{
    struct audit *a = ctx;

    a->work = NULL;
    a->records = 0;
    a->state = result ? verdict(result, &a->records) : CHAIN_UNCHECKED;
    a->news(a->ctx);
}

void audit_start(struct audit *a)
{
    const char *const argv[] = {"kioskctl", "journal", "verify", "--json", "--data", a->data, NULL};
    struct err e = {0};

    if (a->work)
        return;
    a->work = work_spawn(a->loop, argv, VERDICT_MAX, on_verified, a, &e);
    if (!a->work)
        log_error("kiosk", "check the journal: %s", e.text);
    a->state = a->work ? CHAIN_CHECKING : CHAIN_UNCHECKED;
    a->news(a->ctx);
}

enum chain_check audit_state(const struct audit *a)
{
    return a->state;
}

uint64_t audit_records(const struct audit *a)
{
    return a->records;
}
