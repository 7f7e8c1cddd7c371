/* SPDX-License-Identifier: Apache-2.0
 *
 * When to ask SDL for events, on a display without a descriptor (SDL's kmsdrm, where it reads the input devices itself, but
 * only when it is asked). Each of them is opened beside SDL's own opening, which misses nothing: an evdev keeps a queue for
 * each. What it says is thrown away unread.
 */
#ifndef UI_INPUT_WAKE_H
#define UI_INPUT_WAKE_H

#include "base/loop.h"

#define WAKE_DEVICES_MAX 32 /* more are not watched */

struct wake;

/* `folder`: where the nodes event* lie, come and go. `fn`: one of them, or the folder, has something to say; what is plugged
 * in is said twice, the second time when udev has had a second to tell SDL of it. Only reads. NULL: out of memory. */
struct wake *wake_create(struct loop *l, const char *folder, void (*fn)(void *ctx), void *ctx);
void wake_destroy(struct wake *w); /* takes NULL */
int wake_devices(const struct wake *w);

#endif
