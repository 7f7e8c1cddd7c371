/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside edition_diff.c: two item files as JSON, and each place where they say something else. Pure.
 */
#ifndef HALL_EDITION_DIFF_JSON_H
#define HALL_EDITION_DIFF_JSON_H

#include "base/json.h"

typedef void edition_field_fn(void *ctx, const char *where, const char *before, const char *after);
/* Elements of a list belong together by their name, wherever they stand. How many differences; -ERR_NOMEM. */
int edition_diff_json(const struct json *before, const struct json *after, edition_field_fn *fn, void *ctx);

#endif
