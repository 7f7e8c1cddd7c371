/* SPDX-License-Identifier: Apache-2.0
 *
 * What the installed system says of itself outside its encrypted half.
 */
#ifndef INSTALL_NOTE_H
#define INSTALL_NOTE_H

#include "model/install_facts.h"
#include "tools/flash/disk.h"

/* The note at `at` of the disk: f->note, and *runs: the slot that system runs from. What cannot be read is not known, and
 * what is not known counts as undelivered. */
void note_look(const struct medium *md, uint64_t at, struct install_facts *f, char *runs);

#endif
