/* SPDX-License-Identifier: Apache-2.0
 *
 * SDL's events as touches, keypad keys and what concerns the window.
 */
#ifndef UI_INPUT_INPUT_H
#define UI_INPUT_INPUT_H

#include <stdbool.h>

/* Places are px of the window. One finger counts; the second is ignored. */
struct input_events {
    void (*touch)(void *ctx, int x, int y, bool down);
    void (*move)(void *ctx, int x, int y);    /* of the finger that is down */
    void (*key)(void *ctx, const char *name); /* up down left right enter back */
    void (*exposed)(void *ctx);               /* the window shows old pixels */
    void (*quit)(void *ctx);
};

/* Zeroed at start. */
struct input {
    long long finger; /* the one that came down alone */
    bool held;
};

/* Takes every event that waits; never blocks. `w`, `h`: size of the window, which fingers are measured by. */
void input_pump(struct input *in, const struct input_events *events, void *ctx, int w, int h);

#endif
