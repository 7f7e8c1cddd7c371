/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/logs/ID: the logs that a terminal handed over for the act of this id, packed as they came. The row of the audit
 * log is written before they go out; their name and type are the hall's.
 */
#include <stdio.h>
#include <string.h>

#include "tools/hall/staff/ask.h"
#include "tools/hall/store/store_logs.h"

static void take(struct ask *a, const void *body, size_t len)
{
    const char *hex = exchange_tail(a->exchange);
    size_t n = 0;

    if (strlen(hex) != 2 * ACT_ID_LEN || hex_decode(hex, strlen(hex), a->logs.id, ACT_ID_LEN, &n) < 0)
        ask_refuse(a, 404, "no-logs");
}

/* Nobody waits for the writer's thread to read megabytes. */
static int read_(struct ask *a, struct store *s, struct err *e)
{
    struct logs_row r;
    struct err why = {0};
    int rc = logs_bytes(s, a->me.office, a->logs.id, &a->file, &why);

    if (rc == -ERR_NOTFOUND) {
        ask_refuse(a, 404, "no-logs");
        return 0;
    }
    *e = why;
    rc = rc == 0 ? logs_read(s, a->me.office, a->logs.id, &r, e) : rc;
    if (rc == 1) {
        logs_name(&r, a->logs.name);
        memcpy(a->terminal, r.terminal, sizeof a->terminal);
    }
    return rc < 0 ? rc : 0;
}

static int write_(struct ask *a, struct store *s, struct err *e)
{
    int rc = store_audit(s, a->me.office, a->me.id, "terminal-logs-read", a->terminal, a->logs.name, e);

    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    a->type = "application/gzip";
    return 0;
}

static void ended(struct ask *a)
{
    char name[LOGS_NAME_MAX + 40];

    if (a->status != 200)
        return;
    snprintf(name, sizeof name, "attachment; filename=\"%s\"", a->logs.name);
    exchange_set(a->exchange, "Content-Disposition", name);
}

const struct api api_logs = {.take = take, .read = read_, .write = write_, .ended = ended};
