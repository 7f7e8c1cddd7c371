/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk-sync is told on its command line.
 */
#ifndef SYNC_OPTIONS_H
#define SYNC_OPTIONS_H

#include <stdbool.h>

struct sync_options {
    const char *data, *run, *sheet;
    const char *proxy; /* "host:port"; NULL or "": none */
    int control;       /* -1: none */
    bool enrol, pending, anew;
    bool moved; /* the clock is a test's: then nothing is known of when this was built */
};

/* Fills *ret, with the defaults where nothing is said; sets the clock where that is said. -1: go on; else the exit code. */
int sync_options_read(int argc, char **argv, struct sync_options *ret);

#endif
