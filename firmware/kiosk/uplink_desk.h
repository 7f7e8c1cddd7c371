/* SPDX-License-Identifier: Apache-2.0
 *
 * The way to the hall, for a technician: kiosk-sync is asked to look at it or to test it, and what it says is kept. It may
 * lie: what it says is shown to technicians, and nothing else comes of it.
 */
#ifndef KIOSK_UPLINK_DESK_H
#define KIOSK_UPLINK_DESK_H

#include "base/buf.h"
#include "base/line.h"
#include "model/uplink_report.h"
#include "wire/peer.h"

#define UPLINK_SILENCE_MS 90000 /* longer than any step takes, name servers included */

struct uplink_desk;

struct uplink_desk_events {
    bool (*say)(void *ctx, const struct peer_line *p); /* to kiosk-sync; false: it is not there */
    void (*told)(void *ctx);                           /* uplink_desk_report() says something else */
};

struct uplink_desk *uplink_desk_create(struct loop *l, const struct uplink_desk_events *events, void *ctx);
void uplink_desk_destroy(struct uplink_desk *d); /* takes NULL */
void uplink_desk_look(struct uplink_desk *d);    /* while a test runs, nothing, as is the next */
void uplink_desk_test(struct uplink_desk *d);
void uplink_desk_said(struct uplink_desk *d, const struct peer_line *p); /* PEER_UPLINK, PEER_UPLINKED */
void uplink_desk_gone(struct uplink_desk *d);                            /* kiosk-sync ended, or another one came */
const struct uplink_report *uplink_desk_report(const struct uplink_desk *d);
/* kioskctl network --test: "test" begins one, and either is answered with how far it is, in JSON. */
void uplink_desk_request(struct uplink_desk *d, struct line *asker, const char *option);

#endif
