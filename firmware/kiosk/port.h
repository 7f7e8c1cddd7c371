/* SPDX-License-Identifier: Apache-2.0
 *
 * What a side of kiosk may say to the program. The sides own what they know; they reach each other by what their headers
 * name, and the session by this alone.
 */
#ifndef KIOSK_PORT_H
#define KIOSK_PORT_H

#include "session/session.h"

struct port {
    void (*feed)(void *ctx, struct input *in); /* to the session, behind what waits already; wipes *in */
    /* A record of the terminal itself: its loss is logged, not told to a resident. */
    void (*note)(void *ctx, enum record_kind kind, const char *role, const char *what);
    void (*changed)(void *ctx); /* what this side says in struct health, or warns of, may be another */
    void *ctx;
};

static inline void port_feed(const struct port *p, struct input *in)
{
    p->feed(p->ctx, in);
}
static inline void port_feed_kind(const struct port *p, enum input_kind kind)
{
    p->feed(p->ctx, &(struct input){.kind = kind});
}
static inline void port_note(const struct port *p, enum record_kind kind, const char *role, const char *what)
{
    p->note(p->ctx, kind, role, what);
}
static inline void port_changed(const struct port *p)
{
    p->changed(p->ctx);
}

#endif
