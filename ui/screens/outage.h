/* SPDX-License-Identifier: Apache-2.0
 *
 * A technician's outage in words: for the page that says it and for the page it is chosen on (out_of_service.c).
 */
#ifndef UI_SCREENS_OUTAGE_H
#define UI_SCREENS_OUTAGE_H

#include "session/view.h"
#include "ui/node/scene.h"

/* "检修" */
const char *outage_short(const struct view *v, enum outage_reason r);
/* Why this terminal takes nothing, without a full stop: "本机在检修". */
const char *outage_clause(const struct view *v);
/* "今天 18:00", "明天 8:00", "11月26日 8:00", "还不知道" for 0. */
const char *outage_until(struct scene *s, const struct view *v, int64_t until_ms);

/* Where else to go, as many as `most`, and whom to call. Returns the y below. */
int places_card(struct scene *s, const struct view *v, struct box page, int y, const char *title, int most);

#endif
