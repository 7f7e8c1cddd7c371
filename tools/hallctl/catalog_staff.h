/* SPDX-License-Identifier: Apache-2.0
 *
 * staff.json and places.json of a catalogue's folder: who may open the technician page, and where else residents can go.
 *   staff.json   {"schema":1,"salt":hex,"rounds":n,"staff":[{"id","name","role","card":hex,"salt":hex,"rounds":n,
 *                 "pin":hex,"valid_until":"2027-06-30"}]}         written by `hallctl staff add`
 *   places.json  {"schema":1,"places":[{"near":terminal id or "","window":bool,"name","name_en","note","note_en"}]}
 */
#ifndef HALLCTL_CATALOG_STAFF_H
#define HALLCTL_CATALOG_STAFF_H

#include "base/buf.h"
#include "catalog/staff.h"
#include "model/record.h"

#define PLACES_MAX 1000

struct source_place {
    char near[TERMINAL_ID_MAX + 1];
    struct catalog_place place;
};
struct source_places {
    struct source_place *list; /* owned */
    size_t n;
};

/* -ERR_NOTFOUND: there is no such file. The lists are emptied first; free them either way. */
int staff_file_read(const char *path, struct staff_list *ret, struct err *e);
int staff_file_write(const char *path, const struct staff_list *l, struct err *e);
int places_file_read(const char *path, struct source_places *ret, struct err *e);

#endif
