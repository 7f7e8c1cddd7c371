/* SPDX-License-Identifier: Apache-2.0
 *
 * Journals of earlier enrolments, each in DATA/earlier/<epoch>/journal with a sync.db of its own: `kioskctl enrol --anew`
 * puts them there, and what the hall has not got of them is delivered with the present certificate. They stay when all of it
 * is; kiosk hears what the hall has, and removes their sealed bodies (kiosk/aside.h).
 */
#ifndef SYNC_EARLIER_H
#define SYNC_EARLIER_H

#include "base/loop.h"
#include "model/terminal.h"
#include "sync/http.h"
#include "wire/ack.h"

struct earlier;

/* http is borrowed. `own`: the terminal as it is enrolled now. `word`: what the hall says of one of them, for kiosk. A
 * folder that cannot be read is logged and passed over. */
int earlier_create(struct loop *l, struct http *h, const char *data_dir, const struct terminal_config *own,
                   void (*word)(void *ctx, const struct ack *a), void *ctx, struct earlier **ret, struct err *e);
void earlier_destroy(struct earlier *f); /* takes NULL */
/* The hall is back. */
void earlier_wake(struct earlier *f);
/* kiosk has come anew: says again what it must know. */
void earlier_repeat(struct earlier *f);

/* How many records of the present journal and of earlier ones the hall has not acknowledged. */
int earlier_pending(const char *data_dir, const uint8_t epoch[EPOCH_LEN], int64_t *ret, struct err *e);

#endif
