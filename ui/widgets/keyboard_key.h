/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the keyboard share: the single key, its measures, and the pages. Nobody else includes it.
 */
#ifndef UI_WIDGETS_KEYBOARD_KEY_H
#define UI_WIDGETS_KEYBOARD_KEY_H

#include "session/view.h"
#include "ui/node/scene.h"

#define KEY_HEIGHT 96
#define KEY_GAP 10
#define BED_TOP 16
#define BED_BOTTOM 20
#define BED_SIDE 24
#define CANDIDATE_HEIGHT 104
#define WRITING_HEAD 54 /* says how to write */

enum key_kind { KEY_CHARACTER, KEY_FUNCTION, KEY_GO, KEY_CANDIDATE, KEY_SPACE };
struct key {
    const char *id, *label, *icon;
    enum key_kind kind;
    bool icon_only; /* the label is only spoken */
    bool first;     /* the candidate that space takes */
    bool pale;      /* finds nothing, and is pressed like any other */
    bool dead;      /* leads nowhere */
    bool stale;     /* about letters that have changed: looks the same and does nothing for that moment */
    struct node_action action;
};

void keyboard_key(struct scene *s, const struct view *v, struct box b, const struct key *k);
void keyboard_character(struct scene *s, const struct view *v, struct box b, const char *text);
void keyboard_backspace(struct scene *s, const struct view *v, struct box b);
void keyboard_done(struct scene *s, const struct view *v, struct box b);

/* keyboard_pages.c: letters, capitals, signs, strokes, in four rows (Latin: five) */
void keyboard_page(struct scene *s, const struct view *v, struct box rows);
void keyboard_last_row(struct scene *s, const struct view *v, struct box row); /* pages, space, done */
/* keyboard_writing.c: the box, what it may be, two rows of keys */
int keyboard_writing_height(const struct scene *s, const struct view *v);
void keyboard_writing(struct scene *s, const struct view *v, struct box rows);
/* keyboard_candidates.c */
void keyboard_candidate(struct scene *s, const struct view *v, struct box b, int i);
void keyboard_candidates(struct scene *s, const struct view *v, struct box row);

#endif
