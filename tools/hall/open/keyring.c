/* SPDX-License-Identifier: Apache-2.0
 *
 * See keyring.h.
 */
#include "tools/hall/open/keyring.h"

#include <stddef.h>

#include "crypto/key_folder.h"

int keyring_find(const struct keyring *r, const char *stem, const uint8_t id[8], struct private_key **ret, struct err *e)
{
    int rc = key_folder_find(r->dir, stem, id, ret, e);

    return rc < 0 && r->token ? token_find(r->token, stem, id, ret, e) : rc;
}
