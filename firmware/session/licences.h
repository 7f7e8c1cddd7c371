/* SPDX-License-Identifier: Apache-2.0
 *
 * 电子证照: before the form, what the person whose card was read holds electronically of what the item asks for, and what is
 * to be done with each. The hall is asked once an item; whatever it says, or does not, the way to the form is open. What was
 * chosen belongs to the answers (form_values); what the hall said is forgotten with the visit.
 */
#ifndef SESSION_LICENCES_H
#define SESSION_LICENCES_H

#include <stdbool.h>
#include <stdint.h>

#include "model/my_licence.h"

struct session;
struct input;

struct licences {
    struct my_licences *known; /* secret memory for the session's whole life */
    const struct item *item;   /* that was asked about */
    uint32_t serial;           /* of the last question */
};

void licences_create(struct session *s);
void licences_destroy(struct session *s);
void licences_forget(struct session *s);

void licences_open(struct session *s); /* card and item are there: to the page, or where there is none, to the form */
void licences_back(struct session *s); /* back from the form: to the page, or where there is none, to the guide */
void licences_ask(struct session *s);
void licences_anew(struct session *s); /* what the hall said is forgotten, and not waited for */
/* The hall's answer, or that there is none in time. */
void licences_answer(struct session *s, const struct input *in);

/* What the person says of one that is held, and of all; false: nothing is said yet of one of them. */
void licences_choose(struct session *s, int material, bool use);
void licences_bring_all(struct session *s);
bool licences_chosen(const struct session *s);

#endif
