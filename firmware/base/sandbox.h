/* SPDX-License-Identifier: Apache-2.0
 *
 * What a process gives up for good, by a list of the system calls it may still make: everything that is not on its list is
 * answered as by a kernel that does not know it. Each is called before anything is read from outside, and holds for the
 * process's children too.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include "err.h"

/* gcc and clang name it differently. The leak check of the test build traces its own process from a copy of it: there, and
 * only there, the lists are longer by what that takes. */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define SANDBOX_LEAK_CHECK 1
#else
#define SANDBOX_LEAK_CHECK 0
#endif

/* kiosk, hall-open: files, devices, programs beside it; of sockets only Unix ones and the one by which the kernel tells of
 * devices. */
int sandbox_no_network(struct err *e);
/* kiosk-sync: files and the network (TCP, UDP, asking for addresses); no program, no other process, no device. */
int sandbox_network(struct err *e);
/* kiosk-ime: only memory and the descriptors it holds: no file, socket or process can be opened, no signal reaches another
 * process. For one that runs foreign code on personal data. */
int sandbox_sockets_kept(struct err *e);
/* kiosk-voice: the same, and what an open sound card is asked (ALSA's two kinds of ioctl, for playing and for its switches).
 */
int sandbox_sound_kept(struct err *e);

#endif
