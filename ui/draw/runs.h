/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of text as coverage masks. They are kept, up to a ceiling, because most of them come again; a line that is a
 * resident's never is.
 */
#ifndef UI_DRAW_RUNS_H
#define UI_DRAW_RUNS_H

#include "ui/draw/canvas.h"
#include "ui/draw/font.h"

struct runs;

struct runs *runs_create(struct fonts *f); /* the fonts stay the caller's */
void runs_destroy(struct runs *r);         /* takes NULL */
void runs_forget(struct runs *r);

struct run_style {
    enum weight weight;
    enum align align;
    int px;
    uint32_t rgb;
    bool secret;
};
/* Draws one line into b: baseline as the line height asks, aligned across. */
void runs_draw(struct runs *r, struct canvas *c, struct box b, const struct run_style *s, const char *text);

#endif
