/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of a stick that installs itself share.
 */
#ifndef UI_SCREENS_INSTALL_H
#define UI_SCREENS_INSTALL_H

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"

/* What the terminal is called that the stick is for: its device, else its id; "" when the stick has no sheet. */
const char *install_name(const struct view *v);
/* The same of the installed one, from what it said of itself. */
const char *install_this(const struct view *v);
/* "64 GB". */
const char *install_size(struct scene *s, uint64_t bytes);
/* A title in the largest type that it fits a line in; returns the y below. */
int install_big(struct scene *s, int x, int y, int w, enum token colour, const char *text);
/* Icon, name and note, a chip at the right; returns the y below. */
struct install_row {
    const char *icon, *name, *note;
    bool good;
    enum chip_kind kind;
    const char *chip_icon, *chip;
};
int install_row(struct scene *s, struct box at, const struct install_row *r);
/* "1", "2" …, and what to do: a card of its own for each page. Returns the y below. */
int install_steps(struct scene *s, const struct view *v, struct leaves *l, int y, const char *const *steps, int n);
/* That only taking the stick out does what was asked; y itself when nothing was asked. */
int install_reminder(struct scene *s, const struct view *v, int x, int y, int w);

#endif
