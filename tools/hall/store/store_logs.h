/* SPDX-License-Identifier: Apache-2.0
 *
 * Logs of terminals that staff asked for (rules/logs.h): a row for each act, and the pieces as they came. Each function runs
 * in the caller's transaction.
 */
#ifndef HALL_STORE_LOGS_H
#define HALL_STORE_LOGS_H

#include "tools/hall/rules/logs.h"
#include "tools/hall/store/store.h"

struct logs_row {
    uint8_t id[ACT_ID_LEN];
    char terminal[TERMINAL_ID_MAX + 1];
    struct logs_facts facts;
};
/* 1; 0: the office asked for no logs by this act. */
int logs_read(struct store *s, int office, const uint8_t id[ACT_ID_LEN], struct logs_row *ret, struct err *e);
/* All that were asked of a terminal, the newest first; non-zero stops. */
typedef int logs_fn(void *ctx, const struct logs_row *r);
int logs_each(struct store *s, int office, const char *terminal, logs_fn *fn, void *ctx, struct err *e);
/* A terminal's piece, or its reason. -ERR_ACCESS: nobody asked this terminal for it. When the last has come, what is beyond
 * LOGS_KEPT of the terminal goes. */
int logs_put(struct store *s, int office, const char *terminal, const struct logs_piece *p, int64_t now_ms,
             struct logs_answer *ret, struct err *e);
/* The bytes of those that are here, appended. -ERR_NOTFOUND: they are not. */
int logs_bytes(struct store *s, int office, const uint8_t id[ACT_ID_LEN], struct buf *out, struct err *e);
/* Those of all offices whose time is over go. */
int logs_forget(struct store *s, int64_t now_ms, struct err *e);

/* The name of the file of those that are here, of nothing that the terminal says:
 * "tongban-t-1103-003-20260105-093000.txt.gz". */
#define LOGS_NAME_MAX (TERMINAL_ID_MAX + 40)
void logs_name(const struct logs_row *r, char out[LOGS_NAME_MAX + 1]);

#endif
