/* SPDX-License-Identifier: Apache-2.0
 *
 * The days off that the regulation itself names (全国年节及纪念日放假办法, 国务院令 第795号, article 2; for 2024 第644号),
 * which are known for every year long before its notice: 1 January; the eve and the first three days of the Spring Festival;
 * Qingming; 1 and 2 May; Dragon Boat; Mid-Autumn; 1 to 3 October.
 */
#ifndef CATALOG_FESTIVAL_H
#define CATALOG_FESTIVAL_H

#include <stdbool.h>

#include "base/clock.h"

/* Festivals of the moon and the sun are known for 2024 to 2100; before and after, those of fixed dates alone. */
bool festival_is(struct date d);
/* May the notice for `year` make a working day of d, or a day off? A notice moves days near a festival: none since 2008
 * moved one further than nine days from a day off of the regulation, and at the turn of the year none before 29 December.
 * So: d lies within 14 days of such a day of `year`, or is one of the three days before 1 January of `year`. Of a year whose
 * festivals are not known every day may move. What is decreed outside the yearly notices (3 September 2015) nobody can
 * foresee. */
bool festival_may_move(int year, struct date d);

#endif
