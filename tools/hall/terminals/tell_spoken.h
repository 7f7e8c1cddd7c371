/* SPDX-License-Identifier: Apache-2.0
 *
 * What a terminal is told of what somebody said (model/my_spoken.h): where it stands, until when an answer is owed, and the
 * answer. Pure.
 */
#ifndef HALL_TELL_SPOKEN_H
#define HALL_TELL_SPOKEN_H

#include "model/my_spoken.h"
#include "tools/hall/store/store_complaint.h"

/* `calendar` NULL: nothing is known but weekends and the regulation. */
void tell_spoken(const struct complaint_file *f, const struct workday_calendar *calendar, struct my_spoken *ret);

#endif
