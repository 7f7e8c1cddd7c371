/* SPDX-License-Identifier: Apache-2.0
 *
 * The items that central staff have taken off everywhere (wire/halts.h). The newest list in the hall's word is kept in
 * DATA/catalog/halts.json as it was signed, so that it holds after a restart and without the hall, and is verified whenever
 * it is read. What of it counts here, the catalogue in use says.
 */
#ifndef KIOSK_HALT_DESK_H
#define KIOSK_HALT_DESK_H

#include "kiosk/authority.h"
#include "kiosk/catalogue.h"
#include "kiosk/port.h"
#include "model/halt.h"

struct halt_desk;

/* All borrowed. Nothing is read yet. */
struct halt_desk *halt_desk_create(const char *data, const struct catalogue *catalogue, const struct authority *authority,
                                   const struct port *port);
void halt_desk_destroy(struct halt_desk *d); /* takes NULL */
/* At the start and after each new root: reads what was kept, where nothing newer is known. Where the hall's keys have
 * changed so that it does not verify any more, what is in use goes on, and the hall is asked for it anew. */
void halt_desk_load(struct halt_desk *d);
/* kiosk-sync carries a list: taken, kept and told where the hall signed it and it is not an older one. */
void halt_desk_said(struct halt_desk *d, const char *json);
/* Tells the session, which is new or has another catalogue. */
void halt_desk_tell(struct halt_desk *d);
/* What of the list counts here, and the bundles that it stops; borrowed until it is told anew. */
const struct halts *halt_desk_here(const struct halt_desk *d);
/* Of the list in use; 0: there is none, or none that would hold after a start: the hall is to say its own. */
int64_t halt_desk_version(const struct halt_desk *d);

#endif
