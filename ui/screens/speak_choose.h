/* SPDX-License-Identifier: Apache-2.0
 *
 * A page of 投诉建议 with rows to choose from, none chosen before, and a line on what becomes of it.
 */
#ifndef UI_SCREENS_SPEAK_CHOOSE_H
#define UI_SCREENS_SPEAK_CHOOSE_H

#include "ui/widgets/frame.h"
#include "ui/widgets/tile.h"

void speak_choose(struct scene *s, const struct view *v, const struct head *head, const struct tile *list, int n,
                  const char *icon, const char *foot);

#endif
