/* SPDX-License-Identifier: Apache-2.0
 *
 * One job as bytes, with what its sender must know: where a command ends (so that a question may stand between two), and
 * which byte is the first that can print.
 */
#ifndef DRIVERS_PRINTER_SCRIPT_H
#define DRIVERS_PRINTER_SCRIPT_H

#include "base/buf.h"
#include "base/err.h"
#include "drivers/printer/layout.h"
#include "drivers/printer/profile.h"

#define SCRIPT_MAX (768 * 1024)
#define SCRIPT_ENDS_MAX 1024
#define SCRIPT_WRITE_MAX 4096 /* bytes of one write */

struct script {
    struct buf bytes;
    size_t ends[SCRIPT_ENDS_MAX]; /* offsets behind commands, ascending, the last is bytes.len */
    int n_ends;
    size_t first_print;         /* bytes before it set the printer up and leave no trace on paper */
    bool cuts_first;            /* what an earlier job left hanging */
    int dots, wide;             /* length of paper; what it needs across */
    enum profile_marker marker; /* what stands at its end */
};

/* `job`: four characters for the marker. `cut_first`: what an earlier job left hanging is cut off before. */
int script_create(const struct layout *l, const struct profile *p, const char job[5], enum profile_marker marker,
                  bool cut_first, struct script **ret, struct err *e);
/* Cuts off what hangs there, and takes it back where there is a presenter; feeds to the tear bar without a cutter. */
void script_cut(const struct profile *p, struct buf *out);
void script_destroy(struct script *s); /* wipes; takes NULL */
/* Bytes to write from offset `at`: whole commands, SCRIPT_WRITE_MAX at most unless one command is longer. 0 at the end. */
size_t script_next(const struct script *s, size_t at);

#endif
