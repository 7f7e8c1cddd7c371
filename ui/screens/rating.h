/* SPDX-License-Identifier: Apache-2.0
 *
 * Five equal rows to rate by: this visit, or a case that has come to its end.
 */
#ifndef UI_SCREENS_RATING_H
#define UI_SCREENS_RATING_H

#include "session/view.h"
#include "ui/node/scene.h"

void rating_page(struct scene *s, const struct view *v, bool of_case);

#endif
