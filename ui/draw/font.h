/* SPDX-License-Identifier: Apache-2.0
 *
 * The faces: Noto Sans CJK SC in three weights, each opened when first used, and HanaMin for characters it lacks, opened
 * only then. A face has one size at a time.
 */
#ifndef UI_DRAW_FONT_H
#define UI_DRAW_FONT_H

#include <SDL2/SDL_ttf.h>

#include "base/err.h"
#include "ui/node/style.h"

struct fonts;

int fonts_create(struct fonts **ret, struct err *e);
void fonts_destroy(struct fonts *f); /* takes NULL */
/* The face that has the character, at that size. Borrowed; valid until the next call. Never NULL. */
TTF_Font *fonts_face(struct fonts *f, enum weight w, int px, uint32_t cp);
/* For struct metrics: ctx is a struct fonts. */
int fonts_advance(void *ctx, enum weight w, int px, uint32_t cp);
/* Overwrites what the faces remember of the last text they set. */
void fonts_wash(struct fonts *f);

#endif
