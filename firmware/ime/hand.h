/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads what is written by hand: ink in, the characters it looks like out. It knows the 8,105 of 通用规范汉字表. Nothing is
 * remembered between two questions, nothing is learned, and after hand_open() no file is opened any more.
 */
#ifndef IME_HAND_H
#define IME_HAND_H

#include "base/err.h"
#include "wire/compose.h"

#define HAND_CANDIDATES 10

/* `folder`: as of engine_open(). -ERR_NOTFOUND: the model is not there or not whole. */
int hand_open(const char *folder, struct err *e);
/* Of COMPOSE_READ: always HAND_CANDIDATES, likeliest first, for everything looks like something. */
void hand_answer(const struct compose_question *q, struct composing_answer *ret);

#endif
