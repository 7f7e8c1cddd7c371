/* SPDX-License-Identifier: Apache-2.0
 *
 * The catalogue in use: installs what kiosk-sync downloaded, in a process of its own while the screen goes on, and switches
 * to it between visits, so that no item changes under a resident's hands. What turns out to be damaged, by a read in a visit
 * or by the daily look at the whole file, is given up between visits: the one before it serves, or a page says that there is
 * none, until it has been made anew from what was downloaded, or is fetched again.
 */
#ifndef KIOSK_CATALOGUE_H
#define KIOSK_CATALOGUE_H

#include "base/json.h"
#include "base/loop.h"
#include "catalog/catalog.h"
#include "kiosk/port.h"

struct catalogue;

struct catalogue_events {
    void (*root)(void *ctx);     /* a newer root is in use */
    void (*prepared)(void *ctx); /* what came in was looked at: there may be a newer head, and something to tell the hall */
    void (*other)(void *ctx);    /* catalogue_now() is another, or none: the session is to be made anew */
};

/* `data`, borrowed. `events` is copied. Nothing is opened yet. */
struct catalogue *catalogue_create(struct loop *l, const char *data, const struct catalogue_events *events, void *ctx,
                                   const struct port *port);
void catalogue_destroy(struct catalogue *c); /* takes NULL */
/* -ERR_NOTFOUND: there is none. */
int catalogue_open(struct catalogue *c, struct err *e);

struct catalog *catalogue_now(const struct catalogue *c);                     /* NULL: none */
const struct workday_calendar *catalogue_calendar(const struct catalogue *c); /* NULL: none */
int catalogue_version(const struct catalogue *c);                             /* 0: none */
/* Where else one can go from that terminal, for a session to be made. */
void catalogue_load_places(const struct catalogue *c, const char *terminal, struct session_config *config);

void catalogue_incoming(struct catalogue *c); /* something may lie in incoming/ */
/* Between visits only: gives up what is damaged, switches to what is ready, begins to prepare what has come in, or to check
 * what is in use. */
void catalogue_idle(struct catalogue *c);
/* After each reading of the catalogue for a resident: did it read well? */
void catalogue_check_trouble(struct catalogue *c);

/* What came of what was downloaded. */
struct catalogue_state {
    bool installing, refused, damaged, head_older;
    int64_t waiting; /* for the visit's end; 0: none */
    int64_t whole;   /* to be fetched whole; 0: none, UPDATE_WHOLE_ANY: whichever the hall has */
    int64_t tried;   /* the version that was refused, as far as it can be read; 0: none */
    int why;         /* and the code of err.def why */
    int needs;       /* the level of one that this software is too old for; 0: none */
};
void catalogue_state(const struct catalogue *c, struct catalogue_state *ret);
void catalogue_health(const struct catalogue *c, struct health *h); /* catalogue */

#endif
