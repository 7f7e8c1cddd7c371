/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of guests, the oldest first: one of strangers, and of terminals one for each bucket of certificates.
 */
#include "tools/hall/door/door.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 4096

TAILQ_HEAD(guests, guest);

struct door {
    size_t per_address, n_strangers;
    struct guests strangers;
    struct guests terminals[BUCKETS];
};

struct door *door_create(size_t per_address)
{
    struct door *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->per_address = per_address ? per_address : DOOR_PER_ADDRESS;
    TAILQ_INIT(&d->strangers);
    for (size_t i = 0; i < BUCKETS; i++)
        TAILQ_INIT(&d->terminals[i]);
    return d;
}

void door_destroy(struct door *d)
{
    free(d);
}

static void read_address(const struct sockaddr *from, uint8_t out[8])
{
    memset(out, 0, 8);
    if (from->sa_family == AF_INET6)
        memcpy(out, &((const struct sockaddr_in6 *)from)->sin6_addr, 8);
    else if (from->sa_family == AF_INET)
        memcpy(out, &((const struct sockaddr_in *)from)->sin_addr, 4);
}

struct guest *door_enter(struct door *d, struct guest *g, const struct sockaddr *from)
{
    struct guest *oldest = NULL, *one;
    size_t n = 0;
    *g = (struct guest){.certified = false};
    read_address(from, g->address);
    TAILQ_FOREACH(one, &d->strangers, link)
    {
        if (memcmp(one->address, g->address, sizeof g->address))
            continue;
        if (!n++)
            oldest = one;
    }
    TAILQ_INSERT_TAIL(&d->strangers, g, link);
    d->n_strangers++;
    if (n >= d->per_address)
        return oldest;
    return d->n_strangers > DOOR_STRANGERS ? TAILQ_FIRST(&d->strangers) : NULL;
}

/* A hash's first bytes are as good as any. */
static size_t bucket_of(const uint8_t cert[SHA256_LEN])
{
    return (cert[0] | (size_t)cert[1] << 8) % BUCKETS;
}

struct guest *door_certify(struct door *d, struct guest *g, const uint8_t cert[SHA256_LEN])
{
    struct guests *bucket = &d->terminals[bucket_of(cert)];
    struct guest *oldest = NULL, *one;
    size_t n = 0;
    door_leave(d, g);
    g->certified = true;
    memcpy(g->cert, cert, SHA256_LEN);
    TAILQ_FOREACH(one, bucket, link)
    if (!memcmp(one->cert, cert, SHA256_LEN) && !n++)
        oldest = one;
    TAILQ_INSERT_TAIL(bucket, g, link);
    return n >= DOOR_CONNECTIONS ? oldest : NULL;
}

void door_leave(struct door *d, struct guest *g)
{
    if (g->certified) {
        TAILQ_REMOVE(&d->terminals[bucket_of(g->cert)], g, link);
    } else {
        TAILQ_REMOVE(&d->strangers, g, link);
        d->n_strangers--;
    }
}

struct guest *door_oldest(struct door *d)
{
    return TAILQ_FIRST(&d->strangers);
}

size_t door_bodies(const struct door *d, const uint8_t cert[SHA256_LEN])
{
    const struct guest *one;
    size_t sum = 0;
    TAILQ_FOREACH(one, &d->terminals[bucket_of(cert)], link)
    if (!memcmp(one->cert, cert, SHA256_LEN))
        sum += one->body;
    return sum;
}

void door_each(struct door *d, const uint8_t cert[SHA256_LEN], void (*fn)(struct guest *g))
{
    struct guest *one = TAILQ_FIRST(&d->terminals[bucket_of(cert)]);
    while (one) {
        struct guest *after = TAILQ_NEXT(one, link);
        if (!memcmp(one->cert, cert, SHA256_LEN))
            fn(one);
        one = after;
    }
}
