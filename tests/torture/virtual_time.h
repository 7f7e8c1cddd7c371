/* SPDX-License-Identifier: Apache-2.0
 *
 * Time that passes only when nothing else can happen. The program's own poll() replaces libc's: when nothing is ready it
 * moves the clock to where the wait would have ended and comes back at once. libusb's clock moves along, and it keeps its
 * time-outs by it because it gets no timerfd. So a job of minutes is over in milliseconds, and no time-out comes early
 * because the machine is busy.
 */
#ifndef TESTS_TORTURE_VIRTUAL_TIME_H
#define TESTS_TORTURE_VIRTUAL_TIME_H

#include <stdbool.h>

/* While fn answers true another thread (libusb's, for plugging) has something to say: the wait is a real one. */
void virtual_time_start(bool (*fn)(void));

#endif
