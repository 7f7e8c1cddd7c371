/* SPDX-License-Identifier: Apache-2.0
 *
 * The root's keys, ready to verify with.
 */
#include "tools/fleet/trust.h"

#include <stdlib.h>
#include <string.h>

#include "tools/hall/keys/ends.h"
#include "tools/hall/keys/pki.h"

struct trust {
    struct manifest_root root;
    uint8_t ids[MANIFEST_KEYS_MAX][8];
    struct evp_pkey_st *verifiers[MANIFEST_KEYS_MAX]; /* of the role acknowledgement */
};

int trust_create(const char *data_dir, struct trust **ret, struct err *e)
{
    struct trust *t = calloc(1, sizeof *t);

    if (!t)
        return err_set(e, ERR_NOMEM, "the hall's keys");
    int rc = ends_root(data_dir, &t->root, e);
    for (size_t i = 0; rc == 0 && i < t->root.acknowledgement.n; i++) {
        public_key_id(&t->root.acknowledgement.keys[i], t->ids[i]);
        t->verifiers[i] = pki_verifier(&t->root.acknowledgement.keys[i]);
    }
    if (rc == 0 && t->root.acknowledgement.n == 0)
        rc = err_set(e, ERR_KEY, "the hall's root names no key that acknowledges");
    if (rc) {
        trust_destroy(t);
        return rc;
    }
    *ret = t;
    return 0;
}

void trust_destroy(struct trust *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < MANIFEST_KEYS_MAX; i++)
        pki_verifier_free(t->verifiers[i]);
    free(t);
}

const struct public_key *trust_sealing(const struct trust *t)
{
    return &t->root.sealing.key;
}

static struct evp_pkey_st *verifier_of(const struct trust *t, const uint8_t id[8])
{
    for (size_t i = 0; i < t->root.acknowledgement.n; i++)
        if (!memcmp(t->ids[i], id, sizeof t->ids[i]))
            return t->verifiers[i];
    return NULL;
}

bool trust_believes(const struct trust *t, const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct ack *a)
{
    struct evp_pkey_st *key = verifier_of(t, a->by.key_id);
    struct buf message;

    buf_init(&message, ACK_BYTES_MAX);
    int rc = key ? ack_message(terminal, epoch, a, &message) : -ERR_KEY;
    if (rc == 0)
        rc = pki_verify(key, ACK_PREFIX, message.data, message.len, a->by.sig, a->by.sig_len, NULL);
    buf_finish(&message);
    return rc == 0;
}
