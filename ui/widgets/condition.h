/* SPDX-License-Identifier: Apache-2.0
 *
 * How the devices are, in words.
 */
#ifndef UI_WIDGETS_CONDITION_H
#define UI_WIDGETS_CONDITION_H

#include "session/view.h"
#include "ui/node/scene.h"

bool condition_prints(enum printer_health h);
/* "没纸了", "盖子没合上", …: what stands behind "打印机". */
const char *condition_printer(const struct view *v, enum printer_health h);
/* "打印机刚好没纸了，不是您的问题" */
const char *condition_trouble(struct scene *s, const struct view *v, enum printer_health h);
/* The honest status line: the worst that is known now. Returns the y below. */
int condition_banner(struct scene *s, const struct view *v, int x, int y, int w);
int condition_banner_height(struct scene *s, const struct view *v, int w);

#endif
