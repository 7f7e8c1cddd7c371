/* SPDX-License-Identifier: Apache-2.0
 *
 * See token.h.
 */
#include "tools/hall/open/token.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <p11-kit/pkcs11.h>

#include "base/must.h"
#include "base/secret.h"

#define SLOTS_MAX 64
#define LABEL_LEN 32     /* of a token: padded with blanks */
#define KEY_LABEL_MAX 64 /* of a key */
#define KEY_ID_MAX 64
#define POINT_DER_LEN (2 + P256_POINT_LEN) /* an OCTET STRING around it */

struct token {
    void *library;
    CK_FUNCTION_LIST *call;
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE agreeing; /* of the key that was found last: one is in use at a time */
};

static int fail(struct err *e, enum err_code code, CK_RV rv, const char *what)
{
    return err_set(e, code, "%s: the token says CKR 0x%lx", what, (unsigned long)rv);
}

/* --- opening --- */

static int load(struct token *t, const char *module, struct err *e)
{
    CK_RV (*list)(CK_FUNCTION_LIST **);
    CK_C_INITIALIZE_ARGS threads = {.flags = CKF_OS_LOCKING_OK};

    t->library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    if (!t->library)
        return err_set(e, ERR_NOTFOUND, "load the module: %s", dlerror());
    *(void **)&list = dlsym(t->library, "C_GetFunctionList");
    if (!list || list(&t->call) != CKR_OK)
        return err_set(e, ERR_NOTFOUND, "%s is no PKCS#11 module", module);
    CK_RV rv = t->call->C_Initialize(&threads);
    if (rv == CKR_OK)
        return 0;
    t->call = NULL;
    return fail(e, ERR_UNREACHABLE, rv, "start the module");
}

static bool is_labelled(struct token *t, CK_SLOT_ID slot, const char *label)
{
    CK_TOKEN_INFO info;
    char padded[LABEL_LEN];
    size_t n = strlen(label);

    memset(padded, ' ', sizeof padded);
    memcpy(padded, label, n < sizeof padded ? n : sizeof padded);
    return t->call->C_GetTokenInfo(slot, &info) == CKR_OK && memcmp(info.label, padded, sizeof padded) == 0;
}

static int find_slot(struct token *t, const char *label, CK_SLOT_ID *ret, struct err *e)
{
    CK_SLOT_ID slots[SLOTS_MAX];
    CK_ULONG n = SLOTS_MAX;
    CK_RV rv = t->call->C_GetSlotList(CK_TRUE, slots, &n);

    if (rv != CKR_OK)
        return fail(e, ERR_UNREACHABLE, rv, "list the tokens");
    for (CK_ULONG i = 0; i < n; i++)
        if (is_labelled(t, slots[i], label)) {
            *ret = slots[i];
            return 0;
        }
    return err_set(e, ERR_NOTFOUND, "no token is labelled %s", label);
}

static int sign_in(struct token *t, CK_SLOT_ID slot, const char *pin, struct err *e)
{
    CK_RV rv = t->call->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL, &t->session);

    if (rv != CKR_OK)
        return fail(e, ERR_UNREACHABLE, rv, "open a session");
    rv = t->call->C_Login(t->session, CKU_USER, (CK_UTF8CHAR *)(uintptr_t)pin, strlen(pin));
    return rv == CKR_OK || rv == CKR_USER_ALREADY_LOGGED_IN ? 0 : fail(e, ERR_ACCESS, rv, "sign in with the PIN");
}

int token_open(const char *module, const char *label, const char *pin, struct token **ret, struct err *e)
{
    struct token *t = calloc(1, sizeof *t);
    CK_SLOT_ID slot = 0;

    must(t, "out of memory");
    int rc = load(t, module, e);
    if (rc == 0)
        rc = find_slot(t, label, &slot, e);
    if (rc == 0)
        rc = sign_in(t, slot, pin, e);
    if (rc < 0) {
        token_close(t);
        return err_wrap(e, rc, "the token %s", label);
    }
    *ret = t;
    return 0;
}

void token_close(struct token *t)
{
    if (!t)
        return;
    if (t->call)
        t->call->C_Finalize(NULL); /* ends the session, and with it the sign-in */
    if (t->library)
        dlclose(t->library);
    free(t);
}

/* --- finding --- */

/* Objects of one class with what `more` says, at most `max`; how many there are in *ret. */
static CK_RV find(struct token *t, CK_OBJECT_CLASS class, CK_ATTRIBUTE *more, CK_OBJECT_HANDLE *list, CK_ULONG max,
                  CK_ULONG *ret)
{
    CK_KEY_TYPE type = CKK_EC;
    CK_ATTRIBUTE wanted[3] = {{CKA_CLASS, &class, sizeof class}, {CKA_KEY_TYPE, &type, sizeof type}};
    CK_RV rv;

    if (more)
        wanted[2] = *more;
    rv = t->call->C_FindObjectsInit(t->session, wanted, more ? 3 : 2);
    if (rv != CKR_OK)
        return rv;
    rv = t->call->C_FindObjects(t->session, list, max, ret);
    t->call->C_FindObjectsFinal(t->session);
    return rv;
}

struct half { /* a public one, as the token has it */
    char label[KEY_LABEL_MAX + 1];
    uint8_t id[KEY_ID_MAX];
    size_t id_len;
    struct public_key key;
};

/* False: it is not one of ours. */
static bool read_half(struct token *t, CK_OBJECT_HANDLE object, struct half *ret)
{
    uint8_t point[POINT_DER_LEN];
    CK_ATTRIBUTE a[] = {
        {CKA_LABEL, ret->label, KEY_LABEL_MAX}, {CKA_ID, ret->id, sizeof ret->id}, {CKA_EC_POINT, point, sizeof point}};

    if (t->call->C_GetAttributeValue(t->session, object, a, 3) != CKR_OK || a[2].ulValueLen != sizeof point ||
        point[0] != 0x04 || point[1] != P256_POINT_LEN)
        return false;
    ret->label[a[0].ulValueLen] = '\0';
    ret->id_len = a[1].ulValueLen;
    memcpy(ret->key.point, point + 2, sizeof ret->key.point);
    return public_key_check(&ret->key, NULL) == 0;
}

static bool is_wanted(const struct half *h, const char *stem, const uint8_t id[8])
{
    size_t n = strlen(stem);
    uint8_t own[8];

    public_key_id(&h->key, own);
    return strncmp(h->label, stem, n) == 0 && (h->label[n] == '\0' || h->label[n] == '-') &&
           memcmp(own, id, sizeof own) == 0;
}

#define KEYS_MAX 256

static int find_half(struct token *t, const char *stem, const uint8_t id[8], struct half *ret, struct err *e)
{
    CK_OBJECT_HANDLE list[KEYS_MAX];
    CK_ULONG n = 0;
    CK_RV rv = find(t, CKO_PUBLIC_KEY, NULL, list, KEYS_MAX, &n);

    if (rv != CKR_OK)
        return fail(e, ERR_UNREACHABLE, rv, "look for the key");
    for (CK_ULONG i = 0; i < n; i++)
        if (read_half(t, list[i], ret) && is_wanted(ret, stem, id))
            return 0;
    return err_set(e, ERR_NOTFOUND, "no key %s of the token has that id", stem);
}

/* --- agreeing --- */

static int read_secret(struct token *t, CK_OBJECT_HANDLE secret, uint8_t out[P256_SCALAR_LEN], struct err *e)
{
    CK_ATTRIBUTE value = {CKA_VALUE, out, P256_SCALAR_LEN};
    CK_RV rv = t->call->C_GetAttributeValue(t->session, secret, &value, 1);

    t->call->C_DestroyObject(t->session, secret);
    if (rv == CKR_OK && value.ulValueLen != P256_SCALAR_LEN)
        rv = CKR_GENERAL_ERROR;
    return rv == CKR_OK ? 0 : fail(e, ERR_UNREACHABLE, rv, "read what was agreed on");
}

static int agree(void *ctx, const struct public_key *peer, uint8_t out[P256_SCALAR_LEN], struct err *e)
{
    struct token *t = ctx;
    CK_ECDH1_DERIVE_PARAMS with = {
        .kdf = CKD_NULL, .ulPublicDataLen = sizeof peer->point, .pPublicData = (CK_BYTE *)(uintptr_t)peer->point};
    CK_MECHANISM mechanism = {CKM_ECDH1_DERIVE, &with, sizeof with};
    CK_OBJECT_CLASS class = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    CK_ULONG len = P256_SCALAR_LEN;
    CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
    CK_ATTRIBUTE as[] = {{CKA_CLASS, &class, sizeof class},   {CKA_KEY_TYPE, &type, sizeof type},
                         {CKA_TOKEN, &no, sizeof no},         {CKA_SENSITIVE, &no, sizeof no},
                         {CKA_EXTRACTABLE, &yes, sizeof yes}, {CKA_VALUE_LEN, &len, sizeof len}};
    CK_OBJECT_HANDLE secret;
    CK_RV rv = t->call->C_DeriveKey(t->session, &mechanism, t->agreeing, as, sizeof as / sizeof *as, &secret);

    return rv == CKR_OK ? read_secret(t, secret, out, e) : fail(e, ERR_UNREACHABLE, rv, "agree on a key");
}

int token_find(struct token *t, const char *stem, const uint8_t id[8], struct private_key **ret, struct err *e)
{
    struct half half;
    CK_ULONG n = 0;
    int rc = find_half(t, stem, id, &half, e);

    if (rc < 0)
        return rc;
    CK_ATTRIBUTE same = {CKA_ID, half.id, half.id_len};
    CK_RV rv = find(t, CKO_PRIVATE_KEY, &same, &t->agreeing, 1, &n);
    if (rv != CKR_OK)
        return fail(e, ERR_UNREACHABLE, rv, "look for the private key");
    if (n == 0)
        return err_set(e, ERR_NOTFOUND, "the token has only the public half of the key %s", half.label);
    return key_elsewhere(&half.key, agree, t, ret, e);
}
