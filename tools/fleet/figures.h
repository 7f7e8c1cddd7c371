/* SPDX-License-Identifier: Apache-2.0
 *
 * What a fleet counts, and how it is told: a line a second for people, or an object of JSON a second for programs. Pure, but
 * for the printing.
 */
#ifndef FLEET_FIGURES_H
#define FLEET_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "tools/fleet/link.h"

/* Times in microseconds, each kept within a sixteenth of itself. */
#define SPREAD_BUCKETS 512
struct spread {
    uint64_t n, most;
    uint32_t buckets[SPREAD_BUCKETS];
};
void spread_add(struct spread *s, int64_t us);
/* The time that `percent` of 100 stay below; 0 where nothing was measured. */
int64_t spread_percentile(const struct spread *s, int percent);

struct figures {
    uint64_t made;         /* records, at terminals whose certificate is good; so all below but `refused` and `unreached` */
    uint64_t delivered;    /* records in batches that the hall answered with "stored" */
    uint64_t acknowledged; /* of them those whose word is signed by the hall and fits the chain */
    uint64_t contradicted; /* words that do not */
    uint64_t batches, resent; /* of them again, for the hall asked for another place */
    uint64_t refused;         /* requests and handshakes, for their certificate */
    uint64_t busy;            /* requests, for any other reason: 429, 503 … */
    uint64_t unreached;       /* requests without an answer */
    uint64_t polls;           /* long polls answered */
    uint64_t storms, dropped; /* connections that broke on purpose */
    struct spread latency;    /* of batches that were stored: from sending to the answer */
    struct woken {            /* by the newest catalogue that terminals heard of while they waited */
        int64_t catalogue;    /* 0: none yet */
        uint64_t n;
        int64_t first_ms, last_ms; /* wall clock */
    } woken;
};
/* An answer that is not what was hoped for: refused, unreached, or busy. */
void figures_fail(struct figures *f, const struct link_answer *a);
void figures_wake(struct figures *f, int64_t catalogue, int64_t at_ms);

/* How things stand beside. */
struct figures_now {
    const char *phase; /* "opening", "play", "closing", "end" */
    int64_t s;         /* since it began */
    int64_t day_ms;    /* of the plan's day; -1 outside of it */
    uint64_t terminals, waiting, handshakes, resumed, connections;
    int64_t late_ms; /* by how much the fleet itself was behind at most: then it measures itself */
};
/* Appends one line; `before`: as it was at the line before. */
void figures_line(const struct figures *f, const struct figures *before, const struct figures_now *now, struct buf *out);
void figures_json(const struct figures *f, const struct figures_now *now, struct buf *out);
/* Appends the sum of a run, over several lines. */
void figures_sum(const struct figures *f, const struct figures_now *now, struct buf *out);

#endif
