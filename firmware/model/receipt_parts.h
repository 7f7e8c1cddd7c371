/* SPDX-License-Identifier: Apache-2.0
 *
 * What the papers of a case have in common: how a time, a day and a place stand on paper, the band of a second print, and
 * the foot.
 */
#ifndef MODEL_RECEIPT_PARTS_H
#define MODEL_RECEIPT_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/paper.h"
#include "model/place.h"

/* "2026-11-19 10:21", with ":09" when `seconds`. */
void receipt_time(int64_t ms, bool seconds, char out[40]);
/* "2026年11月26日" */
void receipt_date(struct date d, char out[60]);
/* "城东街道 03 号机" */
void receipt_place(const struct place *place, char out[128]);

void receipt_copy_band(struct paper *p, int copy); /* from the second print on */
void receipt_ask(struct paper *p, const struct place *place);
/* Which print it is, and when; of a second one also where. */
void receipt_printed(struct paper *p, const struct place *place, int copy, int64_t printed_ms);

/* The paper itself; or NULL, and it is destroyed, where something did not fit. */
struct paper *receipt_whole(struct paper *p);

#endif
