/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal's logs onto a stick, for a technician: a line in RUN/logs-go asks root's part (board/common/logs.sh), which
 * alone may mount a stick; what came of it stands in RUN-logs/status. Or to the hall, for its staff: the id of their act in
 * RUN/logs-hall asks for them, and kiosk-sync hands over what root's part made (sync/logs.h). kiosk never sees the logs.
 */
#ifndef KIOSK_LOGS_DESK_H
#define KIOSK_LOGS_DESK_H

#include "base/loop.h"
#include "model/staff_facts.h"
#include "wire/act.h"

struct logs_desk;

/* `run`: the folder of kiosk.sock. `told`: logs_desk_facts() says something else. */
struct logs_desk *logs_desk_create(struct loop *l, const char *run, void (*told)(void *ctx), void *ctx);
void logs_desk_destroy(struct logs_desk *d); /* takes NULL */
void logs_desk_ask(struct logs_desk *d);     /* while it works, nothing */
int logs_desk_for_hall(struct logs_desk *d, const uint8_t id[ACT_ID_LEN], struct err *e);
void logs_desk_facts(const struct logs_desk *d, struct logs_facts *ret);

#endif
