/* SPDX-License-Identifier: Apache-2.0
 *
 * Cards and what stands in them: chips, hairlines, label and value, rows, banners, checkboxes.
 */
#ifndef UI_WIDGETS_CARD_H
#define UI_WIDGETS_CARD_H

#include "ui/node/scene.h"

/* A card whose height follows its content: open it, draw below card.y, close it with the content's end. */
struct card {
    struct box in; /* x, y, w for the content */
    int mark, until, pad;
};
struct card_style {
    int pad_x, pad_y, radius;
    enum token fill;
    bool flat; /* no shadow */
};
#define CARD_PLAIN ((struct card_style){32, 26, 24, TOKEN_SURFACE, false})
struct card card_open(struct scene *s, int x, int y, int w, const struct card_style *style);
/* Returns the y below the card. */
int card_close(struct scene *s, const struct card *c, int y);
/* A card of known size, without content. */
void card_box(struct scene *s, struct box b, const struct card_style *style);

void hairline(struct scene *s, int x, int y, int w);

enum chip_kind { CHIP_OK, CHIP_WARN, CHIP_BAD, CHIP_PLAIN, CHIP_MARK };
#define CHIP_HEIGHT 52
int chip_width(const struct scene *s, const char *text);
int chip_height(const struct scene *s);
/* Returns its width; `least` makes chips stand in a column. */
int chip(struct scene *s, int x, int y, int least, enum chip_kind kind, const char *icon, const char *text);

/* A rounded plate with an icon in it. */
void plate(struct scene *s, struct box b, int radius, enum token fill, const char *icon, int size, enum token colour);

/* Label in a column, value beside it; returns the height. A node: label is the label, value the value. */
struct pair {
    const char *id, *label, *value;
    int column;
    bool secret, strong;
};
/* A column wide enough for all of these labels, within bounds. */
int pair_column(const struct scene *s, const char *const *labels, int n);
/* A number that does not fit beside its label is not broken: it stands below. */
bool pair_below(const struct scene *s, int room, struct type value, const char *text);
int pair_draw(struct scene *s, int x, int y, int w, const struct pair *p);

enum banner_kind { BANNER_OK, BANNER_WARN, BANNER_BAD, BANNER_INFO };
/* First clause in the state's colour, the rest plain; returns the y below. `rest` may be NULL. */
int banner(struct scene *s, int x, int y, int w, enum banner_kind kind, const char *icon, const char *first,
           const char *rest);
int banner_height(const struct scene *s, int w, const char *first, const char *rest);

#define CHECK_BOX 64
void check_box(struct scene *s, int x, int y, bool on, bool wrong);

/* Icon and a line of text on the page itself; returns the y below. */
int hint(struct scene *s, int x, int y, int w, const char *icon, const char *text);

#endif
