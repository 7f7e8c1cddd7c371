/* SPDX-License-Identifier: Apache-2.0
 *
 * What a service tells the manager that started it (sd_notify(3), Type=notify and WatchdogSec= of its unit): that it is
 * ready, and, as long as its loop turns, that it is alive. One that waits for a disk in a callback is silent that long and
 * no longer; one whose loop stands still is ended and started anew. Where nobody listens, as by hand and in tests, nothing
 * is sent.
 */
#ifndef BASE_NOTIFY_H
#define BASE_NOTIFY_H

#include "base/loop.h"

struct notify;

/* Takes NOTIFY_SOCKET and WATCHDOG_USEC out of the environment, so that no child speaks in our name. Never NULL. */
struct notify *notify_create(struct loop *l);
void notify_destroy(struct notify *n); /* takes NULL */
/* The first time: the service is up. */
void notify_ready(struct notify *n);

#endif
