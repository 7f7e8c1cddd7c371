/* SPDX-License-Identifier: Apache-2.0
 *
 * What a process gives up for good.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include "err.h"

/* From now on no socket but Unix ones can be made by this process and its children: the process that holds the screen, the
 * devices and the resident's words has no network. Call before anything is read from outside. */
int sandbox_no_network(struct err *e);

/* From now on this process only works on memory and on the descriptors it holds: no file, socket or process can be opened,
 * whatever asks for one is answered EPERM. For a process that runs foreign code on personal data. */
int sandbox_sockets_kept(struct err *e);

#endif
