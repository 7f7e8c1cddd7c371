/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal of one simulated terminal, in memory: records, their chain and its signed heads, by the same wire/ and crypto/
 * as a terminal's. What the hall has acknowledged is let go, so a hall that was put back to an earlier time finds nothing to
 * be sent again. Persons are made up.
 */
#ifndef FLEET_LEDGER_H
#define FLEET_LEDGER_H

#include <stdbool.h>

#include "wire/batch.h"

struct ledger;

struct ledger_config {
    char terminal[TERMINAL_ID_MAX + 1];
    int office, registration;
    uint8_t epoch[EPOCH_LEN];
    const struct private_key *signing; /* borrowed, as all below */
    const struct public_key *sealing;
    const char *queue; /* its tickets are of */
    char letter;
};
int ledger_create(const struct ledger_config *config, struct ledger **ret, struct err *e);
void ledger_destroy(struct ledger *l); /* takes NULL */

/* It is switched on: one record under a signed head. */
int ledger_start(struct ledger *l, struct err *e);
/* Somebody comes, hands something in or takes a number, gets a paper and goes: five records under one signed head. */
int ledger_visit(struct ledger *l, bool applies, struct err *e);
/* `n` applications alone, with a signed head after every `each` and after the last. */
int ledger_backlog(struct ledger *l, int64_t n, int64_t each, struct err *e);

uint64_t ledger_last(const struct ledger *l);
uint64_t ledger_acknowledged(const struct ledger *l);

/* What comes after what is acknowledged, at most `max` records, up to a signed head. Pointers are good until the next
 * change. False: nothing waits. */
bool ledger_batch(const struct ledger *l, size_t max, struct batch *ret);

/* The hall holds records up to a->seq; whether it said so is the caller's business. fn (may be NULL) is called for each that
 * is acknowledged now, before it is let go. How many; -ERR_FORK: the ledger has that place otherwise, or not any more. */
struct ledger_record {
    uint64_t seq;
    const uint8_t *hash;
    const char *kind, *number; /* number: "" where it has none */
};
int ledger_acknowledge(struct ledger *l, const struct ack *a, void (*fn)(void *ctx, const struct ledger_record *r),
                       void *ctx, struct err *e);

#endif
