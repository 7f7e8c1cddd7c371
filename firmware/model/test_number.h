/* SPDX-License-Identifier: Apache-2.0
 *
 * Two numbers that nobody takes for each other, though they look alike: one stands on a test page, and who has the page in
 * his hand says which. So a paper counts as there when a person has read it, and not when the printer says so.
 */
#ifndef MODEL_TEST_NUMBER_H
#define MODEL_TEST_NUMBER_H

#include <stdint.h>

struct test_number {
    int offered[2]; /* of four digits */
    int right;      /* the index of the printed one */
};

/* `elsewhere`, NULL behind the last: texts the page also bears; neither number stands in one, nor is either a year of ours.
 */
void test_number_draw(struct test_number *n, uint32_t seed, const char *const elsewhere[]);
/* "0417" */
const char *test_number_digits(int number, char out[12]);

#endif
