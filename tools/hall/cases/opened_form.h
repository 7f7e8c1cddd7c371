/* SPDX-License-Identifier: Apache-2.0
 *
 * What an applicant filled in, as a clerk reads it: with the words of the item's own form in both languages, in its order.
 * The item is as it was when the application was made, or as it is now; a field that it does not have is named by its id,
 * and nothing is left out.
 */
#ifndef HALL_CASES_OPENED_FORM_H
#define HALL_CASES_OPENED_FORM_H

#include "base/json.h"
#include "model/item.h"

/* Members of an object that is open in `w`, of an application (model/application.h) or a supplement:
 *   "applicant":{…as it was sent…},
 *   "fields":[{"group":{"zh-CN":…,"en":…}|null,"label":{…},"value":{…},"ink":{"w","h","strokes"}|absent}],
 *   "choices":[{"kind":…,"use":true,"at":…}] of electronic licences, or "choices_odd":true: what it says of them cannot be
 *   said of this item, and counts for nothing; neither where it says nothing of them,
 *   "words":"…" of a supplement
 * `item` NULL: it is in no catalogue. Personal data: whoever holds w's buffer wipes it. */
void opened_form_put(struct jsonw *w, const struct item *item, const struct json *opened);

#endif
