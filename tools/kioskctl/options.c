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
    if (!buf_ok(b)) {
        fputs("kioskctl: the answer is too long\n", stderr);
        code = EXIT_CANNOT;
    } else {
        puts(buf_str(b)); /* whether it got out: main() */
    }
    buf_finish(b);
    return code;
}
