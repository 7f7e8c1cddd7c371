/* SPDX-License-Identifier: Apache-2.0
 *
 * A terminal that is enrolled once more: what was its journal is put aside, whole, with its key, in DATA/earlier/<epoch>/.
 * terminal.json leaves first and the new one comes last, so that kiosk finds either the old terminal, or none yet, or the
 * new one; whatever a power cut leaves in between is finished by the next `kioskctl enrol`.
 */
#ifndef KIOSKCTL_ENROL_H
#define KIOSKCTL_ENROL_H

#include <stdbool.h>

#include "base/err.h"

#define ENROL_KEY "keys/journal.pem"
/* Until the hall has said yes: */
#define ENROL_NEW_KEY "keys/journal.new.pem"
#define ENROL_NEW_JOURNAL "journal.new" /* of which there is the anchor only */

/* Nobody writes the journal, and its head is signed: -ERR_BUSY while kiosk runs. Other errors as journal_open. */
int enrol_aside_check(const char *data, struct err *e);
/* After kiosk-sync has left sync/terminal.new.json. */
int enrol_aside(const char *data, struct err *e);
bool enrol_aside_begun(const char *data);

/* Becomes kiosk-sync: the one beside this program, else where PATH says. Does not return. */
void enrol_exec_sync(const char *const argv[]);

/* As root in a folder of another user: gives what root made in it, and below, to the owner of the folder each lies in. Else
 * nothing. */
int enrol_give(const char *data, struct err *e);

#endif
