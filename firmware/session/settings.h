/* SPDX-License-Identifier: Apache-2.0
 *
 * How somebody sees and reaches the page: language, size of text, colours, reach, voice.
 */
#ifndef SESSION_SETTINGS_H
#define SESSION_SETTINGS_H

#include "base/err.h"
#include "session/intent.h"
#include "session/view.h"

/* "en,larger,contrast": words in any order of zh-CN en, standard large larger largest, contrast, low-reach, voice; "" is
 * Chinese at standard size. -ERR_INVALID, which names it: another word. */
int settings_parse(const char *words, struct settings *ret, struct err *e);

/* Within a session. */
struct session;
/* Language, size, colours, reach: taken on every page but the time-out. false: `i` is none of these. */
bool settings_intent(struct session *s, struct intent i);
void settings_voice_gone(struct session *s); /* until the visit ends */
void settings_reset(struct session *s);
bool settings_changed(const struct session *s); /* are not those every visit starts with */

#endif
