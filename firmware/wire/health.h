/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/health: {"v":1,"version":text,"acked":n,"head":n,"catalogue":n,"level":n,"needs":n,"warnings":[word,…],
 *     "devices":{"receipt":word,"ticket":word,"reader":word},"out":word,"since":ms,"until":ms,"refused":n,"why":word,
 *     "halts":n}
 * a terminal's word on how it is, unsigned and harmless: staff read it. A warning is a word of a-z and -. `devices` has the
 * words of model/device.def; a newer terminal may have others. `out` is there while somebody has taken it out of service (a
 * word of model/outage.def), since when and until about when (0: not known). `refused`
 * and `why` are there together, when that version of the catalogue was of no use. `halts`: which list of halted items it
 * goes by, where it has one (wire/halts.h). Terminals from before leave out what they
 * do not know.
 */
#ifndef WIRE_HEALTH_H
#define WIRE_HEALTH_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/device.h"

#define HEALTH_BYTES_MAX 1024
#define HEALTH_VERSION_MAX 64
#define HEALTH_WARNINGS_MAX 16 /* in a report */
#define HEALTH_WARNING_LEN 31  /* of one */
#define HEALTH_WORDS_MAX (HEALTH_WARNINGS_MAX * (HEALTH_WARNING_LEN + 1) + 1)
#define HEALTH_WORD_MAX 15 /* of a device, or why it is out of service */

struct health_report {
    char version[HEALTH_VERSION_MAX + 1]; /* of the build */
    int64_t acked, head, catalogue;
    int level, needs; /* of its software; of a published catalogue that is too new for it, else 0 (model/level.h) */
    int64_t halts;    /* 0: none */
    int64_t refused;  /* the version of a catalogue it could not take; 0: none */
    char why[HEALTH_WARNING_LEN + 1];
    char warnings[HEALTH_WORDS_MAX];                /* with commas: "head-expired,catalogue-refused"; "" when all is well */
    char device[DEVICE_ROLES][HEALTH_WORD_MAX + 1]; /* by enum device_role; "": not told */
    char out[HEALTH_WORD_MAX + 1];                  /* "": nobody has taken it out of service */
    int64_t out_since_ms, out_until_ms;
};

/* -ERR_INVALID: a warning that is no word, or too many of them. */
int health_encode(const struct health_report *r, struct buf *out, struct err *e);
int health_decode(const void *data, size_t len, struct health_report *ret, struct err *e);

#endif
