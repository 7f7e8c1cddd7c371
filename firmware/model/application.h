/* SPDX-License-Identifier: Apache-2.0
 *
 * An application (办事申请): the plaintext that is sealed to the hall. JSON, one object:
 *   {"v":1,"item":task_code,"item_version":n,"form_version":n,"consent":id,
 *    "applicant":{"kind":"resident","name":…,"number":…,…},"fields":{id:value,…},
 *    "licences":[{"kind":…,"choice":"use","at":"2026-01-05T09:00:00+08:00"},{"kind":…,"choice":"bring","at":…},…],
 *    "told":{"visits":n,"place":…,"address":…,"hours":…,"materials":[name,…],"accept_by":"2026-12-04"}}
 * "licences": what the applicant said of the electronic licences that stand in for demanded materials, and when; not there
 * where nothing was said, as before there was that page. "told": what review page and receipt said of visits, place and
 * materials still to come (model/demand.h), for who asks later. Hidden fields are left out. A signature is
 * {"w":px,"h":px,"strokes":[[x,y,x,y,…],…]}. The result is personal data: `out` must be wiped by buf_finish().
 */
#ifndef MODEL_APPLICATION_H
#define MODEL_APPLICATION_H

#include "base/buf.h"
#include "base/err.h"
#include "model/item.h"

#define APPLICATION_MAX (24 * 1024) /* before padding and sealing; checked when a form is compiled */

/* `accepted`: the day by which acceptance is told. */
int application_encode(const struct item *item, const struct identity *id, const struct form_values *v, struct date accepted,
                       struct buf *out, struct err *e);
/* Upper bound of the encoded size for any values the form takes; for the catalogue's lint. */
size_t application_size_max(const struct item *item);

#endif
