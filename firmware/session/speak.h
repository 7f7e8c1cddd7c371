/* SPDX-License-Identifier: Apache-2.0
 *
 * 投诉建议: what somebody says, and reading the answer by its code. The pages `speak`, `speak-…` share it; all of it is
 * forgotten with the visit.
 */
#ifndef SESSION_SPEAK_H
#define SESSION_SPEAK_H

#include "model/my_spoken.h"
#include "session/view.h"

struct session;
struct input;

struct speak_typed {
    struct spoken said;
    char given[SPEAK_CODE_LEN + 1]; /* the code of what was said here and now */
    char asked[SPEAK_CODE_LEN + 1]; /* the code whose answer is looked for, as far as it is typed */
};
struct speak {
    struct speak_typed *typed; /* secret memory for the session's whole life */
    struct my_spoken *told;    /* the same */
};

void speak_create(struct session *s);
void speak_destroy(struct session *s);
void speak_forget(struct session *s);

/* Can anything be taken here and now? Not without a key to seal it to, nor where nothing is recorded. */
bool speak_here(const struct view *v);
void speak_begin(struct session *s, enum speak_kind kind);
/* To the page where digits are typed, and on from it. */
void speak_digits(struct session *s, enum speak_digits which);
void speak_by_card(struct session *s); /* the card was read and is off the reader: his name goes with it */
void speak_submit(struct session *s);
void speak_taken(struct session *s, const struct input *in); /* RECORD_FEEDBACK is durable */
void speak_over(struct session *s);                          /* code and paper were seen */

void speak_ask(struct session *s); /* the hall, what it answers to the code that was typed */
/* Returns whether it was the answer, or that there is none in time. */
bool speak_answer(struct session *s, const struct input *in);

#endif
