/* SPDX-License-Identifier: Apache-2.0
 *
 * What kiosk is told on its command line.
 */
#ifndef KIOSK_OPTIONS_H
#define KIOSK_OPTIONS_H

#include "session/session.h"

struct kiosk_options {
    const char *data, *run, *assets, *note;
    const char *voice;          /* speech_where() knows it */
    const char *machine;        /* stands before the paths of base/machine.h */
    int width, height, control; /* control -1: none */
    bool window;
    struct settings settings; /* what every visit starts with */
};

/* Fills *ret, with the defaults where nothing is said; sets the clock where that is said. -1: go on; else the exit code. */
int kiosk_options_read(int argc, char **argv, struct kiosk_options *ret);

#endif
