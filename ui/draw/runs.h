/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of text, drawn from pieces: each Chinese character is one, and so is each stretch of Latin letters or figures.
 * Pieces are kept, up to a ceiling, because most of them come again. Of a resident's text nothing is kept: what other
 * pages left may be used, what is missing is made for the moment and wiped.
 */
#ifndef UI_DRAW_RUNS_H
#define UI_DRAW_RUNS_H

#include "ui/draw/canvas.h"
#include "ui/draw/font.h"

struct runs;

struct runs *runs_create(struct fonts *f); /* the fonts stay the caller's */
void runs_destroy(struct runs *r);         /* takes NULL */

/* Bytes kept now; for tests. */
size_t runs_kept(const struct runs *r);

struct run_style {
    enum weight weight;
    enum align align;
    int px;
    uint32_t rgb;
    bool secret;
    bool latin; /* as in struct metrics */
};
/* Draws one line into b: baseline as the line height asks, aligned across. */
void runs_draw(struct runs *r, struct canvas *c, struct box b, const struct run_style *s, const char *text);

#endif
