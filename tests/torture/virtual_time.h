/* SPDX-License-Identifier: Apache-2.0
 *
 * Time that passes only when nothing else can happen. The program's own poll() and clock_gettime() replace libc's: from the
 * start on all clocks stand, and when nothing is ready, poll() moves them to where its wait would have ended and comes back
 * at once. libusb keeps its time-outs by them too, because it gets no timerfd. So a job of minutes is over in milliseconds,
 * and no time-out comes early because the machine is busy: the machine's time is nowhere seen.
 */
#ifndef TESTS_TORTURE_VIRTUAL_TIME_H
#define TESTS_TORTURE_VIRTUAL_TIME_H

#include <stdbool.h>

/* While fn answers true another thread (libusb's, for plugging) has something to say: no time passes until it has. */
void virtual_time_start(bool (*fn)(void));

#endif
