/* SPDX-License-Identifier: Apache-2.0
 *
 * The staff's door to the hall: a listener of its own, without client certificates, that serves a few static pages and
 * answers them in JSON. Who asks is a member of staff by a session cookie; what he may is his role's (rules/role_may.def);
 * what is done to cases is cases/deed.h's. One thread of the loop; what reads the database or hashes a passphrase runs in
 * two threads of its own, what writes in the hall's writer.
 */
#ifndef HALL_STAFF_DESK_H
#define HALL_STAFF_DESK_H

#include "tools/hall/store/alerts.h"
#include "tools/hall/store/writer.h"

struct desk;
struct desk_config {
    const char *data, *tls;     /* folders of the hall */
    const char *listen, *pages; /* "0.0.0.0:8444"; the folder with the pages */
    const char *open;           /* hall-open's socket for what staff read; borrowed */
    size_t per_address;         /* door/door.h */
    struct writer *writer;
    struct alerts *alerts;
};
int desk_create(struct event_base *base, const struct desk_config *config, struct desk **ret, struct err *e);
/* No request is taken and nothing is read any more; before the writer ends. Takes NULL. */
void desk_stop(struct desk *d);
void desk_destroy(struct desk *d); /* after the writer; takes NULL */
const char *desk_address(const struct desk *d);

#endif
