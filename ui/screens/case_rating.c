/* SPDX-License-Identifier: Apache-2.0
 *
 * How a case went, once it is delivered: the page of the visit's rating, with the case's name. Its number goes with it,
 * which the page says.
 */
#include "ui/screens/rating.h"
#include "ui/screens/screens.h"

void build_CASE_RATING(struct scene *s, const struct view *v)
{
    rating_page(s, v, true);
}
