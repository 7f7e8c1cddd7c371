/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of appointments share: while the hall is asked and where it does not say; why it did not do it; the card of
 * one that is booked.
 */
#ifndef UI_SCREENS_BOOKING_H
#define UI_SCREENS_BOOKING_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Draws the whole page when nothing is known; false: something is. */
bool booking_page(struct scene *s, const struct view *v);
/* A banner with what the hall refused, and what to do. Returns the y below; y itself where nothing was refused. */
int booking_refused(struct scene *s, const struct view *v, int x, int y, int w);
/* "综合受理，一层 1 至 6 号窗口" of the queue with this id; "" where this catalogue does not have it. */
const char *booking_where(struct scene *s, const struct view *v, const char *queue);
/* "11月20日　星期五　10:00" */
const char *booking_when(struct scene *s, const struct view *v, int64_t from);
/* The one in booking.booked: when, where, number and code, and its QR code. `brief`: without where and until when, on
 * pages that have more to say. Returns the y below. */
int booking_card(struct scene *s, const struct view *v, int x, int y, int w, bool brief);

#endif
