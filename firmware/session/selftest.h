/* SPDX-License-Identifier: Apache-2.0
 *
 * state_selftest.c: the guided test of a technician at the command line.
 */
#ifndef SESSION_SELFTEST_H
#define SESSION_SELFTEST_H

#include "session/effect.h"

struct session;
struct input;

struct selftest_now {
    enum selftest_step step; /* on SCREEN_SELFTEST, else none */
    enum device_role role;
};

void selftest_input(struct session *s, const struct input *in);
void selftest_printed(struct session *s, enum device_role role, enum print_state print, enum printer_health why);

#endif
