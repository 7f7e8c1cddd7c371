/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a mapped file that may rot on its disk or be cut short: the kernel then sends SIGBUS, which would end the process.
 */
#ifndef BASE_MAPPED_H
#define BASE_MAPPED_H

#include <stdbool.h>

/* Calls fn(ctx). false: a page could not be read, and fn was left where it stood: it must own nothing that `ctx` does not
 * know. One at a time, in one thread. */
bool mapped_try(void (*fn)(void *ctx), void *ctx);

#endif
