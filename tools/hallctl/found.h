/* SPDX-License-Identifier: Apache-2.0
 *
 * A sealed record that was found in the hall, kept beyond the database's row, and opened: by hall-open, or where the staff's
 * keys are at hand with those; after the audit row, and never without a reason.
 */
#ifndef HALLCTL_FOUND_H
#define HALLCTL_FOUND_H

#include "base/buf.h"
#include "tools/hallctl/open_line.h"

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
struct found_way {
    const char *keys;      /* a folder with the staff's keys; NULL: hall-open is asked */
    struct open_line line; /* by whom, and why */
};
/* Appends the plain text. -ERR_KEY: sealed to a key that is not there; -ERR_SIGNATURE; -ERR_REFUSED: hall-open does not open
 * it, in its words. */
int found_open(struct store *s, const struct found *f, const struct found_way *way, struct buf *plain, struct err *e);
/* --keys, or else --staff and --post must be given. -1: go on; else the exit code, with what is missing said. */
int found_way_fit(const char *command, const struct found_way *way);

#endif
