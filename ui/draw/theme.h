/* SPDX-License-Identifier: Apache-2.0
 *
 * The values of the colour tokens.
 */
#ifndef UI_DRAW_THEME_H
#define UI_DRAW_THEME_H

#include "ui/node/style.h"

/* 0xRRGGBB. */
uint32_t theme_rgb(enum token t, bool contrast);

#endif
