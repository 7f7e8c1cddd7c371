/* SPDX-License-Identifier: Apache-2.0
 *
 * The note's place on a disk (wire/note.h), as kioskctl reads it and asks for a reset there.
 */
#ifndef KIOSKCTL_NOTE_H
#define KIOSKCTL_NOTE_H

#include "wire/note.h"

#define NOTE_DEVICE "/dev/tongban/note"

/* Opens the place and reads the newer copy: results as note_choose() has them, with *ret_fd open; any other error with
 * *ret_fd -1. `write`: to be written too. */
int note_read(const char *device, bool write, int *ret_fd, struct note *ret, struct err *e);
/* Asks for a reset at the next start, or takes the wish back. */
int note_wish(int fd, bool reset, struct err *e);
int note_wished(int fd, bool *ret, struct err *e);

#endif
