/* SPDX-License-Identifier: Apache-2.0
 *
 * state_search.c: looking for an item.
 */
#ifndef SESSION_SEARCHING_H
#define SESSION_SEARCHING_H

#include "session/view.h"

struct session;

#define SEARCHING_TEXT_MAX 120 /* bytes of what is searched for */
#define SEARCHING_BACK_MAX 64  /* pages one can go back */

struct searching {
    char *text; /* what is searched for; secret memory for the session's whole life */
    enum screen from;
    int pages[SEARCHING_BACK_MAX], n_pages; /* first rows of the pages before this one */
};

void searching_open(struct session *s); /* from home or the themes */
/* The same without the keyboard: every item of that kind, to look through. */
void searching_all(struct session *s, enum search_kind kind);
void searching_again(struct session *s); /* what is shown may have changed: language, health */
void searching_forget(struct session *s);

#endif
