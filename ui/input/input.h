/* SPDX-License-Identifier: Apache-2.0
 *
 * SDL's events as touches, keypad keys and what concerns the window. A down is not trusted to be followed by its up: panels
 * are unplugged, displays come and go, and what was held then never ends.
 */
#ifndef UI_INPUT_INPUT_H
#define UI_INPUT_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#define INPUT_KEY_PAUSE_MS 1500 /* a held key repeats sooner: after so long it is pressed anew */

/* Places are px of the window. The finger (or the mouse) that came down last counts: whoever was there before says nothing
 * any more, and a down may follow a down. */
struct input_events {
    bool (*touch)(void *ctx, int x, int y, bool down); /* false for a down: it does not count, who was there before does */
    void (*move)(void *ctx, int x, int y);             /* of the finger that is down */
    void (*lost)(void *ctx);                           /* the finger that is down will not go up */
    void (*key)(void *ctx, const char *name);          /* up down left right enter back louder softer repeat */
    void (*exposed)(void *ctx);                        /* the window shows old pixels */
    void (*quit)(void *ctx);
};

/* Zeroed at start. */
struct input {
    bool held;
    long long panel, finger; /* who is down */
    int key;                 /* the last one pressed, and SDL's time then */
    uint32_t key_ms;
};

/* Takes every event that waits; never blocks. `w`, `h`: size of the window, which fingers are measured by. */
void input_pump(struct input *in, const struct input_events *events, void *ctx, int w, int h);

#endif
