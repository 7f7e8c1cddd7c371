/* SPDX-License-Identifier: Apache-2.0
 *
 * See mapped.h. The signal is the faulting thread's own, so that leaving by a jump is safe where nothing is held.
 */
#include "base/mapped.h"

#include <setjmp.h>
#include <signal.h>
#include <stddef.h>

static sigjmp_buf out; /* of the call of mapped_try that runs; nothing outlives it */

static void on_fault(int signal)
{
    siglongjmp(out, signal);
}

bool mapped_try(void (*fn)(void *ctx), void *ctx)
{
    struct sigaction action = {.sa_handler = on_fault}, before;
    bool good = false;

    sigaction(SIGBUS, &action, &before);
    if (sigsetjmp(out, 1) == 0) {
        fn(ctx);
        good = true;
    }
    sigaction(SIGBUS, &before, NULL);
    return good;
}
