/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may hold a connection, and who must go for it. Whoever has not shown a terminal's valid certificate is a stranger:
 * DOOR_STRANGERS of them at a time, and only so many from one address; then the one who has stood there longest goes for the
 * newcomer. So strangers can take no place from a terminal, and a terminal that comes while they stand in the door gets
 * through as long as it is quicker than all of them together. A terminal has DOOR_CONNECTIONS; a further one ends its
 * oldest, which it may have forgotten when it lost its power. Pure bookkeeping.
 */
#ifndef HALL_DOOR_H
#define HALL_DOOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>
#include <sys/socket.h>

#include "crypto/hash.h"

#define DOOR_STRANGERS 1000
#define DOOR_PER_ADDRESS 64 /* unless told otherwise */
#define DOOR_CONNECTIONS 16 /* of one certificate */

/* Embedded in a connection; the door's own but for `body`. */
struct guest {
    uint8_t address[8]; /* of IPv6 the network's half */
    bool certified;
    uint8_t cert[SHA256_LEN];
    size_t body; /* bytes of a request that it holds or is about to send; for door_bodies() */
    TAILQ_ENTRY(guest) link;
};

struct door;
struct door *door_create(size_t per_address); /* 0: DOOR_PER_ADDRESS. NULL: out of memory */
void door_destroy(struct door *d);            /* takes NULL; guests must have left */
/* A stranger comes. The guest who must leave for it, NULL: nobody; the caller closes it, which calls door_leave(). */
struct guest *door_enter(struct door *d, struct guest *g, const struct sockaddr *from);
/* It has shown a valid certificate. The same. */
struct guest *door_certify(struct door *d, struct guest *g, const uint8_t cert[SHA256_LEN]);
void door_leave(struct door *d, struct guest *g);
/* The stranger who has been there longest; NULL: there is none. */
struct guest *door_oldest(struct door *d);
/* Bytes of bodies that all connections of this certificate hold. */
size_t door_bodies(const struct door *d, const uint8_t cert[SHA256_LEN]);
void door_each(struct door *d, const uint8_t cert[SHA256_LEN], void (*fn)(struct guest *g));

#endif
