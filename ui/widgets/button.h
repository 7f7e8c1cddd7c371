/* SPDX-License-Identifier: Apache-2.0
 *
 * Buttons. One main button a page.
 */
#ifndef UI_WIDGETS_BUTTON_H
#define UI_WIDGETS_BUTTON_H

#include "session/intent.h"
#include "ui/node/scene.h"

enum button_kind {
    BUTTON_MAIN,
    BUTTON_SECOND,
    BUTTON_QUIET,
    BUTTON_DANGER,
    BUTTON_CHOICE,
    BUTTON_SMALL,
    BUTTON_URGE,
    BUTTON_MAIN_SMALL, /* main, but beside a title */
    BUTTON_NIGHT,      /* second, on the night ground */
    BUTTON_BLACK       /* offers high contrast: white on black */
};

#define BUTTON_HEIGHT 104
#define BUTTON_HEIGHT_MAIN 128
#define BUTTON_HEIGHT_URGE 160
#define BUTTON_LEAST 88

struct button {
    enum button_kind kind;
    const char *id, *label;
    const char *icon;    /* left of the label, or NULL */
    const char *note;    /* main: a second, lighter clause behind the label, or NULL */
    const char *words;   /* what is read aloud; NULL: the label */
    enum node_role role; /* 0: NODE_BUTTON */
    bool off, chosen;
    bool low; /* a main one above the keyboard: no higher than the others */
    struct node_action action;
};

void button(struct scene *s, struct box b, const struct button *what);
/* How high it wants to be at width w: the label may take more than one line. */
int button_height(const struct scene *s, int w, const struct button *what);
/* How wide it is when as narrow as its label lets it be. */
int button_width(const struct scene *s, const struct button *what);

#define DO(intent, ...) ((struct node_action){INTENT_##intent, __VA_ARGS__})

#endif
