/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether text may stand in a column at all: a word that is wider would be broken, a last one would stand alone.
 */
#ifndef UI_WIDGETS_FIT_H
#define UI_WIDGETS_FIT_H

#include "ui/node/scene.h"

/* Each of its words, by spaces, stands on one line; of Chinese this says nothing. */
bool fit_words(const struct scene *s, int w, struct type t, const char *text);

/* In its last line of several stands one short word. */
bool fit_ends_alone(const struct scene *s, int w, struct type t, const char *text);

#endif
