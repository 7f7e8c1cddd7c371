/* SPDX-License-Identifier: Apache-2.0
 *
 * What outlives the disk's key. The note (wire/note.h) stands outside the encrypted part and says for how many people this
 * machine holds what the hall has not got: written before the paper of what was handed in, and when that number has
 * changed. The disk's recovery key and the secret of the hall's release codes go to the hall, sealed, in a record of their
 * own (wire/disk_key.h), once for each enrolment.
 */
#ifndef KIOSK_OUTSIDE_H
#define KIOSK_OUTSIDE_H

#include "kiosk/aside.h"
#include "kiosk/authority.h"
#include "kiosk/records.h"
#include "model/terminal.h"

#define OUTSIDE_NOTE "/dev/tongban/note"

struct outside;

struct outside_config {      /* all borrowed */
    const char *data, *note; /* `note`: the device, which may not be there */
    const struct terminal_config *terminal;
    struct private_key *const *signing; /* when outside_open() is called it is there */
    struct records *records;
    struct aside *aside;
    const struct authority *authority; /* is there a key of the hall's to seal to? */
};

struct outside *outside_create(const struct outside_config *config);
void outside_destroy(struct outside *d); /* takes NULL */
/* The first frame has been shown. What goes wrong is logged: it keeps nobody from being served. */
void outside_open(struct outside *d);
/* After records and acknowledgements, and before a paper: the note says how many wait for the hall. Nothing before
 * outside_open(). */
void outside_settle(struct outside *d);
/* Where the key of the encrypted data is, as board/README.md has it: "tpm", "note", "plain", "recovery"; "none": this
 * machine was not started from an image. */
#define OUTSIDE_WORD 16
void outside_word(char out[OUTSIDE_WORD]);

#endif
