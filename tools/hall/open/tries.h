/* SPDX-License-Identifier: Apache-2.0
 *
 * What bounds guesses: wrong digits of a phone or of a code, counted by case or by the number of what was said, and by day,
 * whoever tries them; and which questions were answered already. Memory alone; the tries of today are read back from the
 * audit at a start. Pure but for its memory.
 */
#ifndef HALL_TRIES_H
#define HALL_TRIES_H

#include <stdbool.h>

#include "base/clock.h"
#include "model/number.h"

#define TRIES_MAX 5 /* wrong ones of a case in a day */
/* A question is good so long before and after its time; hall-open forgets it later. */
#define TRIES_WINDOW_MS (2 * 60 * 1000)

struct tries;
/* `now`: questions of before are not good any more, for nobody knows whether they were answered. */
struct tries *tries_create(int64_t now);
void tries_destroy(struct tries *t); /* takes NULL */

/* May there be one more of this case? No, too, where there is no more room to count. */
bool tries_left(struct tries *t, const char *number, int64_t now);
void tries_wrong(struct tries *t, const char *number, int64_t now);

enum tries_question {
    TRIES_NEW, /* and from now on it is known */
    TRIES_OLD, /* answered before, or of another time than ours */
    TRIES_FULL,
};
/* `enc` names the question: its first bytes are random. */
enum tries_question tries_question(struct tries *t, const uint8_t enc[16], int64_t at, int64_t now);
/* The same without taking note of it. */
enum tries_question tries_look(const struct tries *t, const uint8_t enc[16], int64_t at, int64_t now);

#endif
