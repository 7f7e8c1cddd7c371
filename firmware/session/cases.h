/* SPDX-License-Identifier: Apache-2.0
 *
 * 我的办件: what the hall is asked about cases, and what it said. All of it is forgotten with the visit.
 */
#ifndef SESSION_CASES_H
#define SESSION_CASES_H

#include "model/my_case.h"
#include "model/supplement.h"
#include "session/effect.h"

struct session;
struct input;

#define ASK_LIMIT 8000 /* ms a person waits for the hall */

struct cases_typed {
    char number[CASE_NUMBER_LEN + 1], phone[CASE_PHONE_DIGITS + 1];
    char words[SUPPLEMENT_WORDS_MAX + 1];
};

struct cases {
    struct my_cases *known;    /* secret memory for the session's whole life */
    struct cases_typed *typed; /* the same */
    uint32_t serial;           /* of the last question */
    const struct item *item;   /* of the case that is shown, in Chinese; NULL: this catalogue does not have it */
    bool item_asked;
};

void cases_create(struct session *s);
void cases_destroy(struct session *s);

void cases_by_card(struct session *s);                   /* the card was read and is off the reader: to the list */
void cases_by_number(struct session *s, bool ask_again); /* to the page where the number is typed, or its second question */
void cases_ask(struct session *s, enum question_kind kind);
void cases_anew(struct session *s); /* what the hall said is forgotten, and not waited for */
/* The hall's answer, or that there is none in time. Returns whether something is known now that was not before. */
bool cases_answer(struct session *s, const struct input *in);
void cases_show(struct session *s, int i); /* one of those that are known */
/* May something be added to the case that is shown, here and now? */
bool cases_supplement_here(const struct view *v);
void cases_supplied(struct session *s); /* RECORD_SUPPLEMENT is durable */
void cases_submit(struct session *s);   /* hands the supplement in */
void cases_print(struct session *s, enum done_paper paper);
void cases_paper_over(struct session *s); /* back to the case whose paper was printed */
void cases_forget(struct session *s);

#endif
