/* SPDX-License-Identifier: Apache-2.0
 *
 * The system this terminal runs, and the one it shall run: tells the hall how far it is (wire/system.h), every quarter of an
 * hour and when something has changed, hands the hall's signed answer on to kiosk, and fetches what it names. A machine
 * without RUN-update/status (board/update/update) is not updated this way, and says nothing.
 */
#ifndef SYNC_SYSTEM_H
#define SYNC_SYSTEM_H

#include "base/loop.h"
#include "sync/http.h"
#include "wire/system.h"

struct system_client;

struct system_events {
    /* An order as the hall signed it; `here`: what it names lies whole in DATA/sync/system. */
    void (*order)(void *ctx, const struct system_word *w, bool here);
};
/* http and data are borrowed. `run`: the folder of kiosk.sock. */
int system_client_create(struct loop *l, struct http *h, const char *data, const char *run,
                         const struct system_events *events, void *ctx, struct system_client **ret, struct err *e);
void system_client_destroy(struct system_client *c); /* takes NULL */
/* kiosk, which is new or has seen the status change: says the order again, and asks for a new one. */
void system_client_again(struct system_client *c);
void system_client_wake(struct system_client *c); /* the hall answers */

#endif
