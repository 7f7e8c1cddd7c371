/* SPDX-License-Identifier: Apache-2.0
 *
 * While the hall is asked, and where it does not say: what the list of cases and the single case share.
 */
#ifndef UI_SCREENS_ASKING_H
#define UI_SCREENS_ASKING_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Draws the whole page when nothing is known; false: something is. */
bool asking_page(struct scene *s, const struct view *v);

#endif
