/* SPDX-License-Identifier: Apache-2.0
 *
 * The file hand-learn writes and hand.c maps: how shapes are laid out, then each character's place there.
 */
#ifndef IME_HAND_MODEL_H
#define IME_HAND_MODEL_H

#include <stdint.h>

#include "ime/ink_shape.h"

#define HAND_MAGIC "tbhand1"
#define HAND_KEPT 96 /* numbers a character */

struct hand_model {
    char magic[8];
    uint32_t n;
    float unit; /* of hand_character.at: one is what hands differ by */
    float mean[SHAPE_NUMBERS], basis[HAND_KEPT][SHAPE_NUMBERS];
};

struct hand_character {
    uint32_t code;
    float rare; /* added to the square of its distance, in units: the commoner one is meant more often */
    int8_t at[HAND_KEPT];
};

#endif
