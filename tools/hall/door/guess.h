/* SPDX-License-Identifier: Apache-2.0
 *
 * Wrong enrolment codes, counted by the address they come from: after a few, each makes the next try from there wait longer,
 * up to a minute. A sheet is never used up by it, and who stands behind the same address waits a minute at most. IPv6 counts
 * by its first 64 bits. Bounded: with too many addresses the one heard of longest ago is forgotten. Pure but for its memory.
 */
#ifndef HALL_GUESS_H
#define HALL_GUESS_H

#include <stdbool.h>
#include <stdint.h>

#define GUESS_ADDRESS_MAX 63
#define GUESS_FREE 5 /* without a wait */
#define GUESS_WAIT_MAX_S 60
#define GUESS_ALARM 10 /* so many are told to staff; then each tenfold */

struct guesses;

struct guesses *guess_create(void);    /* NULL: out of memory */
void guess_destroy(struct guesses *g); /* takes NULL */
/* Seconds until a code from there is looked at; 0: now. `now_ms` is monotonic. */
int guess_wait(const struct guesses *g, const char *address, int64_t now_ms);
/* Counts one; how many it were. */
int guess_wrong(struct guesses *g, const char *address, int64_t now_ms);
void guess_right(struct guesses *g, const char *address);
bool guess_alarms(int n);
/* The network of one owner that an address is of: itself, or the first 64 bits of IPv6. */
void guess_owner(const char *address, char out[GUESS_ADDRESS_MAX + 1]);

#endif
