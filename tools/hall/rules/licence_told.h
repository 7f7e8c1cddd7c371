/* SPDX-License-Identifier: Apache-2.0
 *
 * What a verdict on a kind of licence is to whoever stands at a terminal: held, no good any more and since when, none, or
 * not known and why. Pure.
 */
#ifndef HALL_LICENCE_TOLD_H
#define HALL_LICENCE_TOLD_H

#include "model/my_licence.h"
#include "tools/hall/rules/licence.h"

/* `check` is the one the verdict was made with; may be NULL. */
void licence_told(const char *kind, const struct licence_verdict *v, const struct licence_check *check,
                  struct my_licence *ret);

#endif
