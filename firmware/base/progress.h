/* SPDX-License-Identifier: Apache-2.0
 *
 * Long work says how far it is, to a person: on standard error when that is a terminal, after two seconds, in one line that
 * is written anew and goes away at the end. Everywhere else it says nothing.
 *     progress_begin(&p, "items read"); for (…) progress_step(&p, i, n); progress_end(&p);
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* A plain value. Each call takes NULL. */
struct progress {
    FILE *to; /* NULL: nobody watches */
    const char *what;
    int64_t next_ms; /* monotonic: not before that */
    int64_t began_ms;
    bool shown;
};

void progress_begin(struct progress *p, const char *what);
/* `total` 0: nobody knows how much it is; then the seconds are told. Costs a look at the clock. */
void progress_step(struct progress *p, int64_t done, int64_t total);
void progress_end(struct progress *p);

#endif
