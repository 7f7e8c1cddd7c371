/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments and endings, alike for all commands.
 */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/hallctl/hallctl.h"

/* How many words the option takes: 1 or 2; 0: unknown or its value is missing. */
static int take_option(int left, char **argv, const struct hallctl_option *o)
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

int hallctl_options(int argc, char **argv, const char *usage, const struct hallctl_option *options, const char **positional,
                    int max)
{
    int n = 0, words;
    for (int i = 1; i < argc; i += words) {
        if (!strcmp(argv[i], "--help")) {
            fputs(usage, stdout);
            return EXIT_OK;
        }
        words = 1;
        if (strncmp(argv[i], "--", 2) && n < max)
            positional[n++] = argv[i];
        else
            words = take_option(argc - i, argv + i, options);
        if (!words) {
            fprintf(stderr, "hallctl: \"%s\" is not understood here\n%s", argv[i], usage);
            return EXIT_USAGE;
        }
    }
    return -1;
}

int hallctl_fail(const struct err *e)
{
    fprintf(stderr, "hallctl: %s\n", e->text);
    if (e->code == ERR_NOTFOUND)
        return EXIT_NOT_FOUND;
    if (e->code == ERR_EXISTS || e->code == ERR_SIGNATURE || e->code == ERR_KEY || e->code == ERR_EXPIRED)
        return EXIT_REFUSED;
    return EXIT_FAILED;
}

const char *hallctl_who(void)
{
    const char *sudo = getenv("SUDO_USER");
    if (geteuid() == 0 && sudo && *sudo)
        return sudo;
    const struct passwd *p = getpwuid(getuid());
    return p ? p->pw_name : "unknown";
}
