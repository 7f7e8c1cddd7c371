/* SPDX-License-Identifier: Apache-2.0
 *
 * A supplement (补件): what a resident adds at a terminal to a case that waits for it, as the plaintext that is sealed to
 * the hall. JSON, one object:
 *   {"v":1,"case":"1103003260105000018","applicant":{"name":…,"name_latin":…,"number":…},"words":"…"}
 * The applicant is who laid the card down here; whether that is the case's own, the hall tells. The result is personal data:
 * `out` must be wiped by buf_finish().
 */
#ifndef MODEL_SUPPLEMENT_H
#define MODEL_SUPPLEMENT_H

#include "base/buf.h"
#include "base/err.h"
#include "model/identity.h"
#include "model/number.h"

#define SUPPLEMENT_CHARACTERS_MAX 300
#define SUPPLEMENT_WORDS_MAX (4 * SUPPLEMENT_CHARACTERS_MAX) /* bytes */
#define SUPPLEMENT_MAX (4 * 1024)                            /* of the JSON */

/* -ERR_STATE: without a card, a case or a word; -ERR_TOOLONG. */
int supplement_encode(const char *case_number, const struct identity *who, const char *words, struct buf *out,
                      struct err *e);

#endif
