/* SPDX-License-Identifier: Apache-2.0
 *
 * A small table, searched from end to end: codes are tried rarely.
 */
#include "tools/hall/door/guess.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ADDRESSES_MAX 1024

struct guesser {
    char from[GUESS_ADDRESS_MAX + 1]; /* "": free */
    int n;
    int64_t last_ms;
};

struct guesses {
    struct guesser list[ADDRESSES_MAX];
};

struct guesses *guess_create(void)
{
    return calloc(1, sizeof(struct guesses));
}

void guess_destroy(struct guesses *g)
{
    free(g);
}

void guess_owner(const char *address, char out[GUESS_ADDRESS_MAX + 1])
{
    unsigned char b[16];
    if (inet_pton(AF_INET6, address, b) != 1)
        snprintf(out, GUESS_ADDRESS_MAX + 1, "%s", *address ? address : "?");
    else
        snprintf(out, GUESS_ADDRESS_MAX + 1, "%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", b[0], b[1], b[2], b[3], b[4], b[5],
                 b[6], b[7]);
}

static const struct guesser *find(const struct guesses *g, const char *address)
{
    char from[GUESS_ADDRESS_MAX + 1];
    guess_owner(address, from);
    for (size_t i = 0; i < ADDRESSES_MAX; i++)
        if (!strcmp(g->list[i].from, from))
            return &g->list[i];
    return NULL;
}

static int wait_after(int n)
{
    int s = 1;
    for (int i = GUESS_FREE; i < n && s < GUESS_WAIT_MAX_S; i++)
        s *= 2;
    return n < GUESS_FREE ? 0 : s < GUESS_WAIT_MAX_S ? s : GUESS_WAIT_MAX_S;
}

int guess_wait(const struct guesses *g, const char *address, int64_t now_ms)
{
    const struct guesser *who = find(g, address);
    int64_t left_ms = who ? who->last_ms + wait_after(who->n) * INT64_C(1000) - now_ms : 0;
    return left_ms > 0 ? (int)((left_ms + 999) / 1000) : 0;
}

/* A free place, or that of the one heard of longest ago. */
static struct guesser *place(struct guesses *g)
{
    struct guesser *oldest = &g->list[0];
    for (size_t i = 0; i < ADDRESSES_MAX; i++) {
        if (!g->list[i].from[0])
            return &g->list[i];
        if (g->list[i].last_ms < oldest->last_ms)
            oldest = &g->list[i];
    }
    return oldest;
}

int guess_wrong(struct guesses *g, const char *address, int64_t now_ms)
{
    const struct guesser *known = find(g, address);
    struct guesser *who = known ? &g->list[known - g->list] : place(g);
    if (!known) {
        *who = (struct guesser){.n = 0};
        guess_owner(address, who->from);
    }
    who->last_ms = now_ms;
    return ++who->n;
}

void guess_right(struct guesses *g, const char *address)
{
    const struct guesser *known = find(g, address);
    if (known)
        g->list[known - g->list] = (struct guesser){.n = 0};
}

bool guess_alarms(int n)
{
    for (int at = GUESS_ALARM; at > 0 && at <= n; at = at < 100000000 ? at * 10 : 0)
        if (at == n)
            return true;
    return false;
}
