/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields of the form: values, checks, faults.
 */
#ifndef SESSION_FIELDS_H
#define SESSION_FIELDS_H

#include "model/form.h"
#include "model/item.h"
#include "session/view.h"

struct session;

struct fields {
    const struct item *item; /* whose form is filled, in Chinese; NULL: none */
    struct form_values
        *values; /* secret memory for the session's whole life; the view points to them while they are filled */
    bool typed;  /* something that would be lost */
};

bool fields_on_page(const struct session *s, int field);
void fields_focus(struct session *s, int field);                 /* -1: none; the one left is checked */
void fields_set(struct session *s, int field, const char *text); /* a value that was chosen elsewhere */
void fields_choose(struct session *s, int field, int choice);
/* Checks every field of the page; the first wrong one or -1. */
int fields_check_page(struct session *s, int page);
int fields_check_shown(struct session *s); /* the same for what stands on the screen */
void fields_forget_signature(struct session *s);
void fields_forget(struct session *s); /* the form and all that was filled in */

#endif
