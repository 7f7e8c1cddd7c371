/* SPDX-License-Identifier: Apache-2.0
 *
 * The card with the number, shared by the ticket and its trouble page.
 */
#ifndef UI_SCREENS_TICKET_H
#define UI_SCREENS_TICKET_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Returns the y below. */
int ticket_card(struct scene *s, const struct view *v, int x, int y, int w);
/* Until when the windows call numbers, where that is known. Returns the y where what follows begins. */
int ticket_hours(struct scene *s, const struct view *v, int x, int y, int w);

#endif
