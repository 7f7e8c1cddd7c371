/* SPDX-License-Identifier: Apache-2.0
 *
 * See note.h.
 */
#include "tools/install/note.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "wire/note.h"

static int read_copies(const struct medium *md, uint64_t at, struct note *ret)
{
    uint8_t *copies = disk_memory(NOTE_COPIES * NOTE_COPY_BYTES);
    struct disk *d = NULL;

    int rc = disk_open(md, false, &d, NULL);
    for (size_t i = 0; rc == 0 && i < NOTE_COPIES; i++)
        rc = disk_read(d, at + i * NOTE_COPY_AT, copies + i * NOTE_COPY_BYTES, NOTE_COPY_BYTES, NULL);
    if (rc < 0)
        rc = -ERR_IO; /* not "nobody was ever enrolled" */
    else
        rc = note_choose(copies, copies + NOTE_COPY_BYTES, ret, NULL);
    disk_close(d);
    free(copies);
    return rc;
}

void note_look(const struct medium *md, uint64_t at, struct install_facts *f, char *runs)
{
    struct note n;

    memset(&f->note, 0, sizeof f->note);
    *runs = '-';
    int rc = read_copies(md, at, &n);
    f->note.known = rc == -ERR_NOTFOUND || (rc == 0 && n.waiting != NOTE_WAITING_UNKNOWN);
    if (rc < 0)
        return;
    text_copy(f->note.terminal, sizeof f->note.terminal, n.terminal);
    text_copy(f->note.name, sizeof f->note.name, n.place.device);
    text_copy(f->note.version, sizeof f->note.version, n.version);
    f->note.unsent = n.waiting > INT_MAX ? INT_MAX : n.waiting < 0 ? 0 : (int)n.waiting;
    *runs = n.slot;
}
