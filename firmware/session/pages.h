/* SPDX-License-Identifier: Apache-2.0
 *
 * Which fields stand on which page of the form.
 */
#ifndef SESSION_PAGES_H
#define SESSION_PAGES_H

#include <stdbool.h>

struct session;

struct pages {
    int anchor;  /* field that stays on the page when pages change; -1: none */
    bool edited; /* came from review by 修改: 下一步 leads back there */
};

void pages_open(struct session *s);   /* the form, or its review: fresh values from the card, or those already there */
void pages_update(struct session *s); /* after any value changed */
void pages_show(struct session *s, int page);
/* To the first wrong field of all pages, which gets the focus; false: there is none. */
bool pages_show_wrong(struct session *s);
/* To the next or previous question or page; false: there is none. */
bool pages_next(struct session *s);
bool pages_previous(struct session *s);
void pages_titles(struct session *s);                   /* in the language of the visit */
int pages_of_field(const struct session *s, int field); /* -1: on none */

#endif
