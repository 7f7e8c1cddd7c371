/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments of the command-line tools, read alike: long options in any order, words between them, --help.
 */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include <stdbool.h>

struct option_word {
    const char *name;   /* "--data" */
    const char **value; /* gets the word that follows; NULL: a flag */
    bool *flag;
};

#define OPTIONS_USAGE 2 /* exit code of wrong arguments, as getopt's users have it */

/* Options of the list (up to one without a name) are taken wherever they stand; other words go to `words`, *ret_n of at most
 * `max`. argv[0] is the command's word. -1: go on; else the exit code: 0 after `help` went to stdout, OPTIONS_USAGE after
 * stderr was told what is not understood by `program`, and `help`. */
int options_read(const char *program, int argc, char **argv, const char *help, const struct option_word *options,
                 const char **words, int max, int *ret_n);

#endif
