/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff of the hall want done here (wire/act.h): verified, kept until nobody is here, done once by the journal, and
 * recorded; the record is the hall's answer. A message is the idle screen's until its time is over; it is not kept over a
 * restart, the hall says it again.
 */
#ifndef KIOSK_REMOTE_H
#define KIOSK_REMOTE_H

#include "kiosk/port.h"
#include "kiosk/records.h"
#include "wire/act.h"

struct remote;

struct remote_events {
    bool (*nobody_here)(void *ctx);
    void (*sync)(void *ctx);                                             /* everything anew with the hall */
    void (*restart)(void *ctx);                                          /* of the program */
    int (*logs)(void *ctx, const uint8_t id[ACT_ID_LEN], struct err *e); /* to the hall, by the act's id */
};

/* `terminal` is borrowed, and may be filled in later; `records` and `port` are borrowed, `events` is copied. */
struct remote *remote_create(const char *terminal, struct records *records, const struct remote_events *events, void *ctx,
                             const struct port *port);
void remote_destroy(struct remote *r); /* takes NULL */
/* kiosk-sync carries one, verified by `hall`. */
void remote_said(struct remote *r, const struct manifest_role *hall, const char *json);
/* Each minute, and when somebody may have gone. */
void remote_check(struct remote *r);

#endif
