/* SPDX-License-Identifier: Apache-2.0
 *
 * See options.h.
 */
#include "base/options.h"

#include <stdio.h>
#include <string.h>

/* How many words the option takes: 1 or 2; 0: unknown, or its value is missing. */
static int take(int left, char **argv, const struct option_word *o)
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

int options_read(const char *program, int argc, char **argv, const char *help, const struct option_word *options,
                 const char **words, int max, int *ret_n)
{
    int n = 0, taken;

    for (int i = 1; i < argc; i += taken) {
        if (!strcmp(argv[i], "--help")) {
            fputs(help, stdout);
            return 0;
        }
        taken = 1;
        if (strncmp(argv[i], "--", 2) && n < max)
            words[n++] = argv[i];
        else
            taken = take(argc - i, argv + i, options);
        if (!taken) {
            fprintf(stderr, "%s: \"%s\" is not understood here, or its value is missing\n%s", program, argv[i], help);
            return OPTIONS_USAGE;
        }
    }
    *ret_n = n;
    return -1;
}
