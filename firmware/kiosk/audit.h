/* SPDX-License-Identifier: Apache-2.0
 *
 * The check of the whole journal beside everything else, by a program of its own: SQLite's locks and maps do not live
 * through a fork.
 */
#ifndef KIOSK_AUDIT_H
#define KIOSK_AUDIT_H

#include "base/loop.h"
#include "model/staff_facts.h"

struct audit;

/* `data`, borrowed. `news`: audit_state() is another; called from audit_start() too. */
struct audit *audit_create(struct loop *l, const char *data, void (*news)(void *ctx), void *ctx);
void audit_destroy(struct audit *a); /* takes NULL; ends the check */
void audit_start(struct audit *a);   /* where none runs */
enum chain_check audit_state(const struct audit *a);
uint64_t audit_records(const struct audit *a); /* found in order by the last one */

#endif
