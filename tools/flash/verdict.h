/* SPDX-License-Identifier: Apache-2.0
 *
 * What became of one stick, as a plain value: shown, told to programs, kept in records and printed from them.
 */
#ifndef FLASH_VERDICT_H
#define FLASH_VERDICT_H

#include "base/json.h"
#include "tools/flash/run.h"

struct verdict {
    bool good;
    bool changed; /* not begun: it was not what had been chosen */
    enum writer_fault fault;
    uint64_t size, used; /* of the medium; of the image */
    uint64_t real, at;   /* as in struct writer_report */
};

struct verdict verdict_of(const struct run *r, const struct stick *k);
/* Why it is good or must not be used, in the person's language. */
const char *verdict_why(const struct verdict *v, char out[WORDS_MAX]);

/* Both in one. */
const char *stick_verdict(const struct run *r, const struct stick *k, char out[WORDS_MAX]);

/* Its members of an object, and back; what is not there is as in a good one. */
void verdict_put(const struct verdict *v, struct jsonw *w);
struct verdict verdict_get(const struct json *o);

#endif
