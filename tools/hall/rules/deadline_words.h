/* SPDX-License-Identifier: Apache-2.0
 *
 * What a deadline follows from, as a sentence in people's languages:
 * "自2026年1月5日起20个工作日，其间因现场勘察停3个工作日， 故2月5日前". The texts stand in assets/strings; the years of the
 * days after `from` are said where they are other ones.
 */
#ifndef HALL_DEADLINE_WORDS_H
#define HALL_DEADLINE_WORDS_H

#include "model/strings.h"
#include "tools/hall/rules/deadline.h"

#define DEADLINE_WORDS_MAX 2400

/* Its name: 承诺期限. Static. */
const char *deadline_name(enum deadline_kind k, enum language l);
/* The law it comes from; "" where it is not the same for every item. Static. */
const char *deadline_law(enum deadline_kind k, enum language l);
/* 现场勘察. Static. */
const char *deadline_procedure(enum case_procedure p, enum language l);
/* Where `today` is past a day that was not met, and when it was met, is said too. Returns out. */
const char *deadline_sentence(const struct deadline *d, struct date today, enum language l, char out[DEADLINE_WORDS_MAX]);

#endif
