/* SPDX-License-Identifier: Apache-2.0
 *
 * See hall_word.h.
 */
#include "tools/hallctl/hall_word.h"

#include <stdio.h>

#include "base/fs.h"
#include "crypto/key_folder.h"

#define PATH_CAP 500

int hall_word_root(const char *path, struct manifest_root *ret, struct err *e)
{
    struct buf json;
    int rc = fs_read_given(path, MANIFEST_MAX, &json, e);

    if (rc == 0)
        rc = manifest_root_decode(json.data, json.len, ret, e);
    buf_finish(&json);
    return rc < 0 ? err_wrap(e, rc, "%s", path) : 0;
}

int hall_word_own_root(const char *data, struct manifest_root *ret, struct err *e)
{
    char path[PATH_CAP];

    snprintf(path, sizeof path, "%s/public/root.json", data);
    return hall_word_root(path, ret, e);
}

int hall_word_key(const char *data, struct private_key **ret, struct err *e)
{
    char tls[PATH_CAP];
    struct manifest_root root;
    struct private_key *k = NULL;
    int rc = hall_word_own_root(data, &root, e);

    snprintf(tls, sizeof tls, "%s/tls", data);
    for (size_t i = 0; rc == 0 && !k && i < root.acknowledgement.n; i++) {
        uint8_t id[8];

        public_key_id(&root.acknowledgement.keys[i], id);
        rc = key_folder_find(tls, "ack", id, &k, e);
        if (rc == -ERR_NOTFOUND)
            rc = 0;
    }
    if (rc < 0)
        return rc;
    *ret = k;
    return k ? 0 : err_set(e, ERR_KEY, "%s holds no key of the hall's word that the root names: hallctl keys status", tls);
}
