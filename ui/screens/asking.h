/* SPDX-License-Identifier: Apache-2.0
 *
 * While the hall is asked, and where it does not say: what the list of cases and the single case share.
 */
#ifndef UI_SCREENS_ASKING_H
#define UI_SCREENS_ASKING_H

#include "model/ask_reason.h"
#include "model/strings.h"
#include "session/view.h"
#include "ui/node/scene.h"

/* Draws the whole page when nothing is known; false: something is. */
bool asking_page(struct scene *s, const struct view *v);

/* Of other questions too: the page while the hall is asked, and in words what came of it: what happened, and what to make of
 * that. */
void asking_waiting(struct scene *s, const struct view *v, const char *title);
struct asking_words {
    enum str_id title, second;
};
struct asking_words asking_words(enum ask_reason why, bool silent);

#endif
