/* SPDX-License-Identifier: Apache-2.0
 *
 * How many questions that name a person a terminal may ask: as many as people at its screen could, and no machine's guesses.
 */
#ifndef HALL_RULES_ASKING_H
#define HALL_RULES_ASKING_H

#include <stdbool.h>
#include <stdint.h>

#define ASKING_BURST 20      /* at once … */
#define ASKING_EVERY_MS 3000 /* … and one each so long */

struct asking_rate { /* begins as {0} */
    int64_t due_ms;
};
/* One more, at this monotonic time; counted when it may. */
bool asking_may(struct asking_rate *r, int64_t now_ms);

#endif
