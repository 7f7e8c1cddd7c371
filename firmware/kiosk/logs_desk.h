/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal's logs onto a stick, for a technician: a line in RUN/logs-go asks root's part (board/common/logs.sh), which
 * alone may mount a stick; what came of it stands in RUN-logs/status. kiosk never sees the logs.
 */
#ifndef KIOSK_LOGS_DESK_H
#define KIOSK_LOGS_DESK_H

#include "base/loop.h"
#include "model/staff_facts.h"

struct logs_desk;

/* `run`: the folder of kiosk.sock. `told`: logs_desk_facts() says something else. */
struct logs_desk *logs_desk_create(struct loop *l, const char *run, void (*told)(void *ctx), void *ctx);
void logs_desk_destroy(struct logs_desk *d); /* takes NULL */
void logs_desk_ask(struct logs_desk *d);     /* while it works, nothing */
void logs_desk_facts(const struct logs_desk *d, struct logs_facts *ret);

#endif
