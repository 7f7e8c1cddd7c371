/* SPDX-License-Identifier: Apache-2.0
 *
 * The other end of `kiosk --control FD`: an inherited socketpair over which tests and the demo see and touch the screen and
 * shift the clock. Without the option nothing here runs. One request a line, one JSON answer a line (base/control.h):
 *     nodes | down X Y | move X Y | up X Y | key NAME | frame | spoken | clock set MS | clock advance MS | quit
 * The answer to down and up names the node that the finger is on then ("on").
 */
#ifndef UI_CONTROL_H
#define UI_CONTROL_H

#include "base/loop.h"
#include "ui/ui.h"

struct control;

/* `moved` is called after the clock was shifted, `quit` on the word quit. Takes fd over. */
struct control_events {
    void (*moved)(void *ctx);
    void (*quit)(void *ctx);
};
struct control *control_create(struct loop *l, int fd, struct ui *ui, const struct control_events *events, void *ctx);
/* The view has just been drawn: the next answer says when ("shown_us", CLOCK_MONOTONIC). Takes NULL. */
void control_shown(struct control *c);
void control_destroy(struct control *c); /* takes NULL */

#endif
