/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl capture: the conversation with one device, as lines on the asker's connection. What is personal is masked here,
 * before it leaves the process; unmasked it goes only to root, who could read it out of this process anyway, and never to a
 * connection of kiosk-sync.
 */
#ifndef KIOSK_CAPTURE_H
#define KIOSK_CAPTURE_H

#include "base/line.h"
#include "kiosk/devices.h"

struct capture;

struct capture *capture_create(struct loop *l, const struct devices *d);
void capture_destroy(struct capture *c); /* takes NULL */
/* Answers with what is captured, or with "error …". `role`: a device's word; `option`: "" or "with-personal-data". */
void capture_request(struct capture *c, struct line *asker, const char *role, int seconds, const char *option, bool is_sync);
void capture_gone(struct capture *c, const struct line *asker);

#endif
