/* SPDX-License-Identifier: Apache-2.0
 *
 * Four words that stand for an enrolment sheet: on its paper, before who writes a stick, on the terminal that is installed.
 * They are for eyes alone, so that the right stick comes into the right machine, and prove nothing: 24 bits of a hash that
 * leaves the one-time code out, which they therefore do not tell.
 */
#ifndef MODEL_SHEET_WORDS_H
#define MODEL_SHEET_WORDS_H

#include <stdint.h>

#include "model/strings.h"

#define SHEET_WORDS 4

/* `hash`: of wire/enrol.h's enrol_sheet_hash(). Static. */
void sheet_words(const uint8_t *hash, enum language lang, const char *ret[SHEET_WORDS]);

#endif
