/* SPDX-License-Identifier: Apache-2.0
 *
 * The keyboard and what it types into; any state may have a target while it is shown.
 */
#ifndef SESSION_ENTRY_H
#define SESSION_ENTRY_H

#include "session/intent.h"
#include "session/view.h"

struct session;

#define ENTRY_AFTER_MAX 16 /* more than a hurried finger touches before kiosk-ime answers or is given up */

/* What the keyboard types into. */
struct entry_target {
    char *text;  /* secret memory, NUL-terminated; NULL: nothing */
    size_t cap;  /* bytes without the NUL */
    size_t room; /* characters */
    uint32_t (*takes)(const struct session *s, const char *text, uint32_t cp); /* what is put behind `text`, 0: nothing */
    void (*changed)(struct session *s);
};

struct entry {
    struct entry_target target;
    struct composing *composing;          /* secret memory for the session's whole life */
    enum compose_op asked;                /* the question whose answer is awaited; 0: none */
    uint32_t serial;                      /* of the last question */
    size_t asked_letters;                 /* how many letters it was about */
    struct intent after[ENTRY_AFTER_MAX]; /* what was touched since waits until the letters have become text */
    int n_after;
    bool drawing;         /* a finger is in the box */
    enum keys_page liked; /* how Chinese was written last in this visit: letters, strokes or by hand */
    bool gone;            /* Chinese cannot be composed any more, for the rest of the visit */
};

/* `takes` of targets where people write what they like: any character but controls. */
uint32_t entry_takes_words(const struct session *s, const char *text, uint32_t cp);

void entry_open(struct session *s, enum keyboard_kind kind, const struct entry_target *t);
void entry_close(struct session *s);                   /* letters not yet text are dropped */
bool entry_intent(struct session *s, struct intent i); /* true: it was the keyboard's, and is done */
bool entry_settle(struct session *s, struct intent i); /* true: i comes again when the letters have become text */
void entry_answer(struct session *s, const struct composing_answer *a);
void entry_gone(struct session *s);

#endif
