/* SPDX-License-Identifier: Apache-2.0
 *
 * Endings, alike for all commands.
 */
#include <stdio.h>

#include "tools/kioskctl/kioskctl.h"

bool kioskctl_clock_moved;

int kioskctl_fail(const struct err *e, int code)
{
    fprintf(stderr, "kioskctl: %s\n", e->text);
    return code;
}

int kioskctl_print(struct buf *b, int code)
{
    if (!buf_ok(b) || puts(buf_str(b)) < 0 || fflush(stdout)) {
        fputs("kioskctl: the answer could not be written\n", stderr);
        code = EXIT_CANNOT;
    }
    buf_finish(b);
    return code;
}
