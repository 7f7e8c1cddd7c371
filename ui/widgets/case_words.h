/* SPDX-License-Identifier: Apache-2.0
 *
 * A case in words: where it stands, what its steps are called and until when they are, what is to be done.
 */
#ifndef UI_WIDGETS_CASE_WORDS_H
#define UI_WIDGETS_CASE_WORDS_H

#include "session/view.h"
#include "ui/node/scene.h"
#include "ui/widgets/card.h"

/* Something is waited for that the person can do here. */
bool case_waits(const struct view *v, const struct my_case *c);

struct case_state {
    enum chip_kind kind;
    const char *icon, *words;
};
struct case_state case_state(const struct view *v, const struct my_case *c);
/* What is to be done, or that nothing is, and until when. */
const char *case_sentence(struct scene *s, const struct view *v, const struct my_case *c);

/* NULL: the case has no such step. */
const struct my_case_step *case_step(const struct my_case *c, enum my_case_step_kind kind);
int case_now(const struct my_case *c); /* the step at hand; n_steps: none is */
const char *case_step_name(const struct view *v, const struct my_case_step *step);
/* "11月19日 9:40", "11月26日前", "11月26日前（暂定）"; "" where nobody knows. `time`: also when it was handed in. */

const char *case_step_day(struct scene *s, const struct view *v, const struct my_case *c, const struct my_case_step *step,
                          bool time);

/* "11月19日 9:40" */
const char *case_day_and_time(struct scene *s, const struct view *v, int64_t at_ms);

/* Where a step stands on the line of a case: been, at hand, or to come. */
void case_dot(struct scene *s, struct box b, bool done, bool now);
/* "1103 003 261119 00027 8" */
const char *case_number_words(struct scene *s, const struct my_case *c);
/* The department and the number behind it, or where that is too long, below it; or the number alone. Returns the height. */
int case_place(struct scene *s, const struct view *v, int x, int y, int w, const struct my_case *c, bool dept);

#endif
