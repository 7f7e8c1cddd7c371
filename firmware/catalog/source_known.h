/* SPDX-License-Identifier: Apache-2.0
 *
 * Which keys an object of the catalogue's source may have, as hallctl reads it. A function of its own so that tests can put
 * one in its place that knows the keys of a later version (tests/tools/later.c).
 */
#ifndef CATALOG_SOURCE_KNOWN_H
#define CATALOG_SOURCE_KNOWN_H

#include "base/json.h"

/* As json_known(). */
int source_known(const struct json *obj, const char *keys, struct err *e);

#endif
