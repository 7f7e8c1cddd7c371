/* SPDX-License-Identifier: Apache-2.0
 *
 * Each adds one effect to the running step (effect.h says what it asks for).
 */
#ifndef SESSION_EFFECTS_H
#define SESSION_EFFECTS_H

#include "session/effect.h"

struct session;

/* Its other members are the caller's to fill in, within the step. */
struct effect_record *effects_record(struct session *s, enum record_kind kind, const char *what);
void effects_timer(struct session *s, enum timer_id timer, int ms); /* the last word on a timer is what counts */
void effects_poll(struct session *s, bool on);
void effects_browse(struct session *s, int theme, int page);
void effects_search(struct session *s);
void effects_compose(struct session *s, enum compose_op op, int index);
void effects_case_here(struct session *s);
void effects_ask(struct session *s, enum question_kind kind); /* of the card, or of the number typed in */
void effects_region(struct session *s, const char *code);
void effects_item(struct session *s, const char *task_code);
void effects_print(struct session *s, enum device_role role, struct paper *paper,
                   const char *job); /* takes the paper over */
void effects_print_stop(struct session *s, enum device_role role);
void effects_staff(struct session *s, enum staff_errand errand);
void effects_roll(struct session *s, enum staff_errand errand, enum device_role role);
void effects_first(struct session *s, enum first_errand errand);
void effects_tested(struct session *s, const struct effect_tested *t);
void effects_once(struct session *s, enum effect_kind kind); /* one without members: once is enough */

#endif
