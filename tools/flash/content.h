/* SPDX-License-Identifier: Apache-2.0
 *
 * What a medium holds, before somebody writes onto it.
 */
#ifndef FLASH_CONTENT_H
#define FLASH_CONTENT_H

#include "tools/flash/fat.h"
#include "tools/flash/label_wire.h"
#include "tools/flash/media.h"
#include "wire/enrol.h"

enum holds {
    HOLDS_UNREAD, /* it could not be read, or was not looked at (in use) */
    HOLDS_EMPTY,  /* zeros, or file systems without a file */
    HOLDS_OURS,   /* an image that flash wrote, and nothing else since; `label` says which */
    HOLDS_HALF,   /* one that was interrupted */
    HOLDS_FILES,  /* `tally` says how many */
    HOLDS_OTHER,  /* something that is not counted; `what` names it, or is empty */
};

struct content {
    enum holds holds;
    struct label label;
    char unit[TERMINAL_ID_MAX + 1]; /* HOLDS_OURS: the terminal whose enrolment sheet it carries, or empty */
    struct fat_tally tally;
    char what[16]; /* "NTFS" */
};

/* Never fails: what cannot be read or understood is not called empty. */
void content_look(const struct medium *md, struct content *ret);
/* It may be written without anybody naming it: empty, or our own. */
bool content_is_free(const struct content *c);
uint64_t content_files(const struct content *c);

#endif
