/* SPDX-License-Identifier: Apache-2.0
 *
 * One connection of a simulated terminal to the hall: HTTP/1.1 over TLS with its certificate, one request at a time. Made at
 * the first request, kept for the next for ten seconds, made anew when it is gone; one that turns out to have ended while it
 * rested is made anew once, as libcurl does. Each terminal has an address of its own within 127.0.0.0/8, so
 * that the hall sees as many addresses as in the field.
 */
#ifndef FLEET_LINK_H
#define FLEET_LINK_H

#include <event2/event.h>
#include <netinet/in.h>

#include "base/err.h"
#include "tools/fleet/credential.h"

/* What all links share. */
struct links;
struct links_config {
    const char *ca;          /* the hall's CA, PEM */
    struct sockaddr_in hall; /* within 127.0.0.0/8 */
};
int links_create(struct event_base *base, const struct links_config *config, struct links **ret, struct err *e);
void links_destroy(struct links *s); /* takes NULL; its links have ended */
struct links_count {
    uint64_t made, resumed; /* handshakes that were finished; of them by an earlier session */
    uint64_t open;          /* connections there are now */
};
struct links_count links_count(const struct links *s);
/* How many descriptors a process may have here, after asking for all it can get. */
size_t links_most(void);

enum link_outcome {
    LINK_ANSWERED,
    LINK_REFUSED,   /* the hall ended the handshake: the certificate is not of its CA */
    LINK_UNREACHED, /* no connection, or it ended before the answer, or no answer came in time, or it was none */
};
struct link_answer {
    enum link_outcome outcome;
    int status; /* with ANSWERED, as all below */
    const void *data;
    size_t len; /* borrowed for the call */
    int64_t next_delay_ms;
};
/* Called from the loop, never from within link_ask(). The link may be asked, dropped or destroyed from it. */
typedef void link_fn(void *ctx, const struct link_answer *a);

struct link;
struct link_request {
    const char *method, *path, *type; /* type NULL: it has no body */
    const void *body;
    size_t len;
    int timeout_s;
};
/* `number` makes its address. The credential is borrowed. NULL: out of memory. */
struct link *link_create(struct links *s, struct credential *c, uint32_t number, link_fn *fn, void *ctx);
void link_ask(struct link *l, const struct link_request *q); /* none is under way */
bool link_busy(const struct link *l);
/* The connection breaks, and a request with it, of which nothing is heard any more. */
void link_drop(struct link *l);
void link_destroy(struct link *l); /* takes NULL */

#endif
