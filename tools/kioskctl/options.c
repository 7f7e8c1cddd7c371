/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments and endings, alike for all commands.
 */
#include <stdio.h>
#include <string.h>

#include "tools/kioskctl/kioskctl.h"

/* How many words the option takes; 0: unknown, or its value is missing. */
static int take_option(int left, char **argv, const struct option_ *o)
{
    for (; o->name; o++) {
        if (strcmp(argv[0], o->name))
            continue;
        if (o->flag) {
            *o->flag = true;
            return 1;
        }
        if (left < 2)
            return 0;
        *o->value = argv[1];
        return 2;
    }
    return 0;
}

int kioskctl_options(int argc, char **argv, const char *help, const struct option_ *options, const char **words, int max,
                     int *ret_n)
{
    int n = 0, taken;

    for (int i = 1; i < argc; i += taken) {
        if (!strcmp(argv[i], "--help")) {
            fputs(help, stdout);
            return EXIT_OK;
        }
        taken = 1;
        if (strncmp(argv[i], "--", 2) && n < max)
            words[n++] = argv[i];
        else
            taken = take_option(argc - i, argv + i, options);
        if (!taken) {
            fprintf(stderr, "kioskctl: \"%s\" is not understood here, or its value is missing\n", argv[i]);
            return kioskctl_usage(help, NULL);
        }
    }
    *ret_n = n;
    return -1;
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
