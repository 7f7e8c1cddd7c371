/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments and endings, alike for all commands.
 */
#include <stdio.h>

#include "tools/kioskctl/kioskctl.h"

bool kioskctl_clock_moved;

int kioskctl_options(int argc, char **argv, const char *help, const struct option_word *options, const char **words, int max,
                     int *ret_n)
{
    return options_read("kioskctl", argc, argv, help, options, words, max, ret_n);
}

int kioskctl_usage(const char *help, const char *wrong)
{
    if (wrong)
        fprintf(stderr, "kioskctl: %s\n", wrong);
    fputs(help, stderr);
    return EXIT_USAGE;
}

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
