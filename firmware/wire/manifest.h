/* SPDX-License-Identifier: Apache-2.0
 *
 * The three signed files every terminal trusts the hall by: root.json names all keys, catalog.json one catalogue file, and
 * head.json the current versions and the hall's time. Each lies beside a detached *.sig, a JSON list of signatures
 *     [{"key":"<16 hex digits, public_key_id>","sig":"<hex of the DER signature>"},…]
 * over prefix ‖ the exact bytes of the file, so that a threshold of keys may sign one after the other. Pure: bytes ↔ values.
 */
#ifndef WIRE_MANIFEST_H
#define WIRE_MANIFEST_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/keys.h"
#include "crypto/sign.h"

#define MANIFEST_ROOT_PREFIX "hall-root-v1\n"
#define MANIFEST_CATALOG_PREFIX "hall-catalog-v1\n"
#define MANIFEST_HEAD_PREFIX "hall-time-v1\n"

#define MANIFEST_MAX (16 * 1024) /* bytes of any of the files, and of a *.sig */
#define MANIFEST_KEYS_MAX 8      /* of one role */
#define MANIFEST_SIGNATURES_MAX 16
#define MANIFEST_NAME_MAX 63                                /* a plain file name: a-z 0-9 . - and no dot in front */
#define MANIFEST_FILE_MAX ((int64_t)2 * 1024 * 1024 * 1024) /* bytes of a catalogue */
#define MANIFEST_HEAD_DAYS 7
#define MANIFEST_PATCHES_MAX 10 /* of the last ten versions */

/* `threshold` of these keys must sign. */
struct manifest_role {
    int threshold;
    size_t n;
    struct public_key keys[MANIFEST_KEYS_MAX];
};
/* A key that seals, with its validity. */
struct manifest_key {
    struct public_key key;
    int64_t from_ms, to_ms;
};
struct manifest_root {
    int64_t version; /* from 1, in steps of one */
    int64_t expires_ms;
    struct manifest_role root, catalogue, head;
    /* On-line keys by which the hall says what it holds (wire/ack.h), leases and the state of its queues. A root of before
     * there were any has none (n 0) and stays one of its form: then nothing of that kind verifies. */
    struct manifest_role acknowledgement;
    struct manifest_key sealing, ask;
};
struct manifest_file {
    char name[MANIFEST_NAME_MAX + 1];
    int64_t size;
    uint8_t sha256[SHA256_LEN];
};
/* Another way to the same file, for who has `from`. Its own hash is signed too, so that nothing unsigned is ever decoded. */
struct manifest_patch {
    int64_t from; /* version of the catalogue it starts from, below the manifest's own */
    uint8_t from_sha256[SHA256_LEN];
    struct manifest_file file;
};
struct manifest_catalog {
    int64_t version;
    int needs; /* the level a terminal must have to use it (model/level.h); 0 to encode: says nothing, which is 1 */
    int64_t min_version; /* a terminal that has seen this offers no catalogue below it */
    int64_t expires_ms;
    struct manifest_file file;
    size_t n_patches; /* newest base first */
    struct manifest_patch patches[MANIFEST_PATCHES_MAX];
};
struct manifest_head {
    int64_t root, catalogue; /* current versions; catalogue 0: none published yet */
    int64_t at_ms;           /* the hall's time; whole seconds */
    int64_t expires_ms;
};

/* Append the file's bytes. -ERR_INVALID when decode would refuse the value (times must be whole seconds). */
int manifest_root_encode(const struct manifest_root *r, struct buf *out, struct err *e);
int manifest_catalog_encode(const struct manifest_catalog *c, struct buf *out, struct err *e);
int manifest_head_encode(const struct manifest_head *h, struct buf *out, struct err *e);
/* Strict, of any bytes; no signature is looked at. Keys are checked to be points on the curve and different. Only of a
 * catalogue keys that are not known are passed over: it says by `needs` whom they matter to. */
int manifest_root_decode(const void *data, size_t len, struct manifest_root *ret, struct err *e);
int manifest_catalog_decode(const void *data, size_t len, struct manifest_catalog *ret, struct err *e);
int manifest_head_decode(const void *data, size_t len, struct manifest_head *ret, struct err *e);
/* The patch that starts from exactly this catalogue; NULL: none. */
const struct manifest_patch *manifest_patch_from(const struct manifest_catalog *c, int64_t version,
                                                 const uint8_t sha256_of_it[SHA256_LEN]);

struct manifest_signature {
    uint8_t key_id[8];
    uint8_t sig[SIGNATURE_MAX];
    size_t sig_len;
};
struct manifest_signatures {
    size_t n;
    struct manifest_signature list[MANIFEST_SIGNATURES_MAX];
};
/* Its two members "key" and "sig", of any signed object. */
void manifest_signature_put(struct jsonw *w, const struct manifest_signature *s);
int manifest_signature_get(const struct json *obj, struct manifest_signature *ret, struct err *e);
int manifest_signatures_encode(const struct manifest_signatures *s, struct buf *out, struct err *e);
int manifest_signatures_decode(const void *data, size_t len, struct manifest_signatures *ret, struct err *e);

/* Signs the file's bytes and puts the signature into *s, in place of an earlier one of the same key. */
int manifest_sign(const struct private_key *k, const char *prefix, const void *data, size_t len,
                  struct manifest_signatures *s, struct err *e);
/* At least `threshold` different keys of the role have signed; signatures of unknown keys do not count. -ERR_SIGNATURE. */
int manifest_verify(const struct manifest_role *role, const char *prefix, const void *data, size_t len,
                    const struct manifest_signatures *s, struct err *e);
/* The same with one signature: good when the role asks for no more. */
int manifest_verify_one(const struct manifest_role *role, const char *prefix, const void *data, size_t len,
                        const struct manifest_signature *s, struct err *e);

/* Decode and verify in one go, from the bytes of a file and of its *.sig. *ret is untouched on failure. Expiry is the
 * caller's decision: compare expires_ms with the clock. */
/* A root that is trusted by other means (its hash stands on the enrolment sheet): signed by its own threshold. */
int manifest_root_open(const void *data, size_t len, const void *sig, size_t sig_len, struct manifest_root *ret,
                       struct err *e);
/* Root N+1: signed by the thresholds of `from` (N) and of itself. -ERR_VERSION when it is not N+1. */
int manifest_root_next(const struct manifest_root *from, const void *data, size_t len, const void *sig, size_t sig_len,
                       struct manifest_root *ret, struct err *e);
int manifest_catalog_open(const struct manifest_root *root, const void *data, size_t len, const void *sig, size_t sig_len,
                          struct manifest_catalog *ret, struct err *e);
int manifest_head_open(const struct manifest_root *root, const void *data, size_t len, const void *sig, size_t sig_len,
                       struct manifest_head *ret, struct err *e);

#endif
