/* SPDX-License-Identifier: Apache-2.0
 *
 * Work that blocks, or may go wrong as a whole, in a process of its own (base/child.h), at a lower priority, while the loop
 * goes on. Its result comes back as plain bytes. One that takes long is let be as long as it computes; one that has stood
 * still for WORK_STILL_MS, waiting for a disk that does not answer or for itself, is ended like one that died.
 */
#ifndef BASE_WORK_H
#define BASE_WORK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/loop.h"

struct work;

#define WORK_STILL_MS 120000

/* Runs in the other process, a fork without this one's descriptors; fills `result`, which starts as zeros. */
typedef void work_fn(const void *arg, void *result);
/* Called once, from the loop; the work is freed afterwards. `result` is NULL when the process died without one. */
typedef void work_done_fn(void *ctx, const void *result);

/* `arg` is seen as it is at this moment. `size`: bytes of the result. NULL: no process or memory, and *e says why. */
struct work *work_start(struct loop *l, work_fn *fn, const void *arg, size_t size, work_done_fn *done, void *ctx,
                        struct err *e);
/* The same for a program beside this one, as child_spawn() starts it: the result is the text it wrote to its standard
 * output, less than `size` bytes of it, NUL-terminated; NULL when it wrote nothing or more. */
struct work *work_spawn(struct loop *l, const char *const argv[], size_t size, work_done_fn *done, void *ctx, struct err *e);
/* Both the loop's clock and a real one must have gone on for WORK_STILL_MS: a clock that is set forward ends nobody. This is
 * the real one's part, for tests, which cannot wait so long. */
void work_set_still(int64_t real_ms);
/* Ends it; done is not called. Takes NULL. */
void work_cancel(struct work *w);

#endif
