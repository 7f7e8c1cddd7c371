/* SPDX-License-Identifier: Apache-2.0
 *
 * A sealed record that was found in the hall, kept beyond the database's row, and opened with the staff's keys: after the
 * audit row, and never without a reason.
 */
#ifndef HALLCTL_FOUND_H
#define HALLCTL_FOUND_H

#include "base/buf.h"
#include "tools/hall/store/store.h"

struct found {
    int office, count; /* count: how many fitted; the first is kept */
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t id[16];
    struct buf header, body;
    enum store_state state;
};
void found_init(struct found *f);
void found_finish(struct found *f);
/* A store_found_fn; ctx is the struct. */
int found_keep(void *ctx, const struct store_found *f);
/* On disk before anything is shown, also when the opening then fails. */
int found_audit(struct store *s, const struct found *f, const char *action, const char *reason, struct err *e);
/* Appends the plain text. -ERR_KEY: sealed to a key that is not in the folder `keys`; -ERR_SIGNATURE. */
int found_unseal(const struct found *f, const char *keys, struct buf *plain, struct err *e);

#endif
