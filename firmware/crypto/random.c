/* SPDX-License-Identifier: Apache-2.0
 *
 * Randomness straight from the kernel: no pool of our own that could be forked, saved or forgotten to be seeded.
 */
#include "crypto/random.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/log.h"
#include "base/must.h"

void random_bytes(void *out, size_t len)
{
    unsigned char *p = out;

    while (len) {
        ssize_t n = getrandom(p, len, 0);
        if (n < 0 && errno == EINTR)
            continue;
        /* going on with predictable keys would be worse than a restart */
        must(n > 0, "the kernel gives no random bytes");
        p += n;
        len -= (size_t)n;
    }
}

int random_mbedtls(void *ctx, unsigned char *out, size_t len)
{
    random_bytes(out, len);
    return 0;
}
