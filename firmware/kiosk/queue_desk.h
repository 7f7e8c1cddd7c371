/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues: which number comes next, asking for leased ones ahead of need, how many wait, and when numbers are given.
 * Which were given says the journal alone; which may be, and how the queues stand, the hall, by its signature; the hours,
 * the signed catalogue.
 */
#ifndef KIOSK_QUEUE_DESK_H
#define KIOSK_QUEUE_DESK_H

#include "kiosk/authority.h"
#include "kiosk/catalogue.h"
#include "kiosk/port.h"
#include "kiosk/records.h"
#include "model/terminal.h"

struct queue_desk;

struct queue_desk_config { /* all borrowed */
    const struct terminal_config *terminal;
    const struct records *records;
    const struct catalogue *catalogue;
    const struct authority *authority;
};

/* What kiosk-sync is asked. */
struct queue_desk_events {
    bool (*listens)(void *ctx);                                  /* there is somebody to ask */
    void (*want)(void *ctx, const char *queue, const char *day); /* a block of leased numbers */
    void (*again)(void *ctx, const char *day);                   /* all of that day; after the leases, that these were all */
};

struct queue_desk *queue_desk_create(const struct queue_desk_config *config, const struct queue_desk_events *events,
                                     void *ctx, const struct port *port);
void queue_desk_destroy(struct queue_desk *q); /* takes NULL */

/* --- numbers --- */
/* The next one, right before the record that uses it. */
int queue_desk_next(struct queue_desk *q, const char *queue, struct date day, char out[TICKET_NUMBER_MAX + 1],
                    struct err *e);
/* For a new day, catalogue, journal, root or kiosk-sync: keeps what still fits and has all said again. */
void queue_desk_renew(struct queue_desk *q);
/* kiosk-sync carries a lease (wire/lease.h): taken when the hall signed it for this terminal, journal and day. */
void queue_desk_lease_said(struct queue_desk *q, const char *json);
void queue_desk_ask(struct queue_desk *q);          /* for more, where few are left */
void queue_desk_minute(struct queue_desk *q);       /* a new day needs new numbers; a request may have come to nothing */
bool queue_desk_leased(const struct queue_desk *q); /* every open queue has a leased number for today */

/* --- how they stand, and when they are open: fed --- */
/* kiosk-sync carries how the queues stand (wire/news.h), since `age_ms` as it says. */
void queue_desk_said(struct queue_desk *q, int64_t age_ms, const char *json);
/* Tells the session, also that what was known has become too old. */
void queue_desk_tell(struct queue_desk *q);
/* Queues and hours of the catalogue in use, for a session to be made; and what the hours mean from this minute on. */
void queue_desk_load(struct queue_desk *q, struct session_config *config);
void queue_desk_tell_times(struct queue_desk *q);

#endif
