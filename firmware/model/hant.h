/* SPDX-License-Identifier: Apache-2.0
 *
 * Chinese in traditional characters, for residents who chose them: what the catalogue, the configuration and the hall say
 * in simplified ones. Only characters change, never the mainland's own words (身份證, 居民委員會). Longest match over the
 * words of hant/hant.tsv, so that 头发 is 頭髮 and 发证 is 發證; everything else stays as it is.
 *
 * Never for what somebody wrote or a card says, nor for what is recorded or printed: those stay as they are.
 */
#ifndef MODEL_HANT_H
#define MODEL_HANT_H

#include <stddef.h>

/* Writes `zh` in traditional characters, whole ones up to `cap` with the NUL; it has as many bytes as `zh`, so out may be
 * `zh`, and what points into one points to the same word of the other. Returns out. */
char *hant_text(char *out, size_t cap, const char *zh);
/* The way back, character by character: for the voice, which knows how simplified ones are read. Likewise of as many bytes.
 * A text that is all traditional comes back from there by hant_text() as it was. */
char *hans_text(char *out, size_t cap, const char *text);

#endif
