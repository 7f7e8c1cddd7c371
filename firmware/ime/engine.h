/* SPDX-License-Identifier: Apache-2.0
 *
 * librime as a function: letters in, candidates out. Nothing is remembered between two questions, nothing is learned, and
 * after engine_open() no file is opened any more.
 */
#ifndef IME_ENGINE_H
#define IME_ENGINE_H

#include "base/err.h"
#include "wire/compose.h"

/* `folder`: the compiled lexicon (assets/ime of the build). -ERR_NOTFOUND: it is not there or not whole. */
int engine_open(const char *folder, struct err *e);
void engine_answer(const struct compose_question *q, struct composing_answer *ret);

#endif
