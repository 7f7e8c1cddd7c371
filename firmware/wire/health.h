/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/health: {"v":1,"version":text,"acked":n,"head":n,"catalogue":n,"level":n,"needs":n,"warnings":[word,…],
 * "refused":n,"why":word}, a terminal's word on how it is. A warning is a word of a-z and -, and so is why. The last two are
 * there together, when a published catalogue was of no use. Terminals from before there were levels leave both out.
 */
#ifndef WIRE_HEALTH_H
#define WIRE_HEALTH_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define HEALTH_BYTES_MAX 1024
#define HEALTH_VERSION_MAX 64
#define HEALTH_WARNINGS_MAX 16 /* in a report */
#define HEALTH_WARNING_LEN 31  /* of one */
#define HEALTH_WORDS_MAX (HEALTH_WARNINGS_MAX * (HEALTH_WARNING_LEN + 1) + 1)

struct health_report {
    char version[HEALTH_VERSION_MAX + 1]; /* of the build */
    int64_t acked, head, catalogue;
    int level, needs; /* of its software; of a published catalogue that is too new for it, else 0 (model/level.h) */
    int64_t refused;  /* the version of a catalogue it could not take; 0: none */
    char why[HEALTH_WARNING_LEN + 1];
    char warnings[HEALTH_WORDS_MAX]; /* with commas: "head-expired,catalogue-refused"; "" when all is well */
};

/* -ERR_INVALID: a warning that is no word, or too many of them. */
int health_encode(const struct health_report *r, struct buf *out, struct err *e);
int health_decode(const void *data, size_t len, struct health_report *ret, struct err *e);

#endif
