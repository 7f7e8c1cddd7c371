/* SPDX-License-Identifier: Apache-2.0
 *
 * What is tried, rung by rung, when the reader does not do its work: from what costs least to what disturbs most. Only rungs
 * that can help against the fault are taken; when all were, re-opening and re-enumerating go on ever more seldom. Pure.
 */
#ifndef DRIVERS_SAM_LADDER_H
#define DRIVERS_SAM_LADDER_H

#include <stdbool.h>
#include <stdint.h>

#include "model/card_fault.h"

enum rung {
    RUNG_NONE,
    RUNG_DRAIN,       /* wait until it has been silent for a while */
    RUNG_RESET,       /* its own command */
    RUNG_CLEAR_HALT,  /* of every pipe */
    RUNG_REOPEN,      /* from here on it counts as at fault */
    RUNG_REENUMERATE, /* reset the port */
    RUNGS,
};

struct ladder {
    enum rung rung;
    int rounds;       /* past the last rung */
    int64_t since_ms; /* when it began; any clock that goes on */
};

/* The next rung and how long to wait before it is taken. `open`: the device is; else re-opening is all there is. */
enum rung ladder_climb(struct ladder *l, enum card_fault why, bool open, int64_t now_ms, int *ret_wait_ms);
/* It works again. */
void ladder_leave(struct ladder *l);
/* "drain", "reset"; "" for none. */
const char *ladder_word(enum rung r);

#endif
