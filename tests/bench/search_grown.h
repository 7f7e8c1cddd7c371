/* SPDX-License-Identifier: Apache-2.0
 *
 * A search table of many times the items, for the bench: as when a catalogue of one city becomes one of ten.
 */
#ifndef TESTS_BENCH_SEARCH_GROWN_H
#define TESTS_BENCH_SEARCH_GROWN_H

#include "base/buf.h"

/* Each item of the table `times` times, led by other three characters each time. Ends the program when it cannot. */
void search_grown(const void *table, size_t len, uint32_t times, struct buf *ret);

#endif
