/* SPDX-License-Identifier: Apache-2.0
 *
 * How often the hall may be asked, by what is asked: every loop that an answer drives turns as fast as the other end likes,
 * and a hall that answers at once, by mistake or on purpose, must cost neither of them more than this. An honest burst (a
 * backlog of records after weeks without a network) passes unslowed; what goes on beyond it is spaced.
 */
#ifndef SYNC_PACE_H
#define SYNC_PACE_H

#include <stdint.h>

/* PACE(NAME, "what its paths begin with", requests at once, ms between any more). The first that fits counts. */
#define PACES(PACE)                                                                                                         \
    PACE(WAIT, "/v1/wait", 20, 1000)       /* the hall holds it for up to a minute, unless there is news */                 \
    PACE(RECORDS, "/v1/records", 2000, 50) /* up to 64 records each: 128,000 at once, then 1,280 a second */                \
    PACE(LEASE, "/v1/lease", 32, 1000)     /* a block of numbers of one queue and day each */                               \
    PACE(CATALOG, "/v1/catalog/", 64, 500) /* seven to a catalogue */                                                       \
    PACE(ASK, "/v1/ask", 20, 3000)         /* by a person at the screen */                                                  \
    PACE(HEALTH, "/v1/health", 16, 2000)                                                                                    \
    PACE(SYSTEM, "/v1/system", 1000, 100) /* a part of a bundle each */                                                     \
    PACE(OTHER, "/", 64, 1000)

enum pace_kind {
#define PACE(name, path, burst, every_ms) PACE_##name,
    PACES(PACE)
#undef PACE
        PACE_KINDS
};

/* A bucket that fills with time, by clock_mono_ms(). Starts as {0}: full. */
struct pace {
    int64_t due_ms;
};
/* Takes one; milliseconds until it may be used. Whoever takes more waits the longer. */
int64_t pace_take(struct pace *p, int burst, int64_t every_ms);

struct paces { /* starts as {0} */
    struct pace of[PACE_KINDS];
};
/* The same for a request to this path. */
int64_t paces_take(struct paces *p, const char *path);

#endif
