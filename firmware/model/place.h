/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a terminal stands and whom to call: written by staff, kept by the hall, part of terminal.json, shown in the header
 * of every page and printed on every paper.
 *   {"zone":…,"spot":…,"device":…,"hotline":…,"supervision":…}, and for pages in English, if there are any:
 *   "zone_en", "spot_en", "device_en"
 */
#ifndef MODEL_PLACE_H
#define MODEL_PLACE_H

#include "base/err.h"
#include "base/json.h"

struct place {
    char zone[80];                                /* 城东政务服务 24 小时自助 */
    char spot[80];                                /* 示范区城东街道 */
    char device[20];                              /* 03 号机 */
    char hotline[24];                             /* 12345 */
    char supervision[24];                         /* complaints */
    char zone_en[80], spot_en[80], device_en[20]; /* "": the Chinese one stands there */
    char terminal[33];
};

/* Members of the object, without blanks at their ends, which nobody sees and which would make another zone. *ret's
 * `terminal` is left alone; the rest is untouched on failure. -ERR_INVALID, -ERR_TOOLONG. */
int place_decode(const struct json *obj, struct place *ret, struct err *e);
/* Members alone: the caller opens and closes the object. */
void place_encode(struct jsonw *w, const struct place *p);

#endif
