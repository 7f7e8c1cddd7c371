/* SPDX-License-Identifier: Apache-2.0
 *
 * A one-time code becomes an account: in two calls. The first, with id, code and the passphrase that is to be, gets the key
 * for the authenticator; the second says the same with the authenticator's first code, and is signed in. Whoever loses the
 * first answer asks again and gets a new key.
 */
#include <stdio.h>
#include <string.h>

#include "base/qr.h"
#include "base/secret.h"
#include "crypto/random.h"
#include "tools/hall/staff/sign.h"

static void take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (sign_in_join_decode(body, len, &a->sign_in, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else if (!passphrase_fit(a->sign_in.passphrase))
        ask_refuse(a, 422, "passphrase-weak");
    else
        sign_hold(a);
}

/* Fills a->me, or refuses. */
static int judge(struct ask *a, struct store *s, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    struct err why = {0};
    int rc = account_read(s, a->sign_in.id, &a->me, &why);

    if (rc < 0 && rc != -ERR_NOTFOUND) {
        *e = why;
        return rc;
    }
    account_code_hash(a->sign_in.once, hash);
    enum account_code code = rc < 0 ? ACCOUNT_CODE_WRONG : account_code_judge(&a->me, hash, a->now);
    if (code != ACCOUNT_CODE_MAY)
        ask_refuse(a, 401, code == ACCOUNT_CODE_LATE ? "code-late" : "wrong");
    return 0;
}

static bool has_key(const struct account *a)
{
    static const uint8_t none[TOTP_KEY_LEN];

    return memcmp(a->totp, none, sizeof none) != 0;
}

static int read_(struct ask *a, struct store *s, struct err *e)
{
    int rc = judge(a, s, e);

    if (rc < 0 || a->status || !a->sign_in.code[0])
        return rc;
    a->step = has_key(&a->me) ? totp_step(a->me.totp, a->sign_in.code, a->now, 0) : 0;
    if (a->step)
        passphrase_keep(a->sign_in.passphrase, a->kept);
    else
        ask_refuse(a, 401, "authenticator");
    return 0;
}

static void put_qr(struct jsonw *w, const char *uri)
{
    struct qr qr;
    struct err e = {0};

    if (qr_encode(uri, &qr, &e) < 0)
        return;
    jsonw_arr(w, "qr");
    for (int y = 0; y < qr.size; y++) {
        char row[QR_MODULES_MAX + 1] = "";

        for (int x = 0; x < qr.size; x++)
            row[x] = qr.dark[y * qr.size + x] ? '1' : '0';
        jsonw_str(w, NULL, row);
    }
    jsonw_end(w);
}

static void answer_key(struct ask *a)
{
    char key[TOTP_KEY_TEXT_LEN + 1], uri[200];

    totp_key_text(a->me.totp, key);
    snprintf(uri, sizeof uri, "otpauth://totp/Tongban:%s?secret=%s&issuer=Tongban", a->me.id, key);
    ask_answer(a, 200);
    jsonw_str(&a->w, "key", key);
    put_qr(&a->w, uri);
    secret_wipe(key, sizeof key);
    secret_wipe(uri, sizeof uri);
}

static int give_key(struct ask *a, struct store *s, struct err *e)
{
    random_bytes(a->me.totp, sizeof a->me.totp);
    int rc = account_put(s, &a->me, e);
    if (rc == 0)
        answer_key(a);
    return rc;
}

/* The key is still the one whose code was shown. */
static int begin(struct ask *a, struct store *s, struct err *e)
{
    if (totp_step(a->me.totp, a->sign_in.code, a->now, 0) != a->step) {
        ask_refuse(a, 401, "authenticator");
        return 0;
    }
    a->me.state = ACCOUNT_ACTIVE;
    a->me.totp_step = a->step;
    memset(a->me.code, 0, sizeof a->me.code);
    memcpy(a->me.kept, a->kept, sizeof a->me.kept);
    int rc = account_put(s, &a->me, e);
    if (rc == 0)
        rc = store_audit(s, a->me.office, a->me.id, "staff-join", a->me.id, role_word(a->me.role), e);
    return rc == 0 ? sign_begin_session(a, s, e) : rc;
}

static int write_(struct ask *a, struct store *s, struct err *e)
{
    int rc = judge(a, s, e);

    if (rc < 0 || a->status)
        return rc;
    return a->sign_in.code[0] ? begin(a, s, e) : give_key(a, s, e);
}

const struct api api_join = {.take = take, .read = read_, .write = write_, .ended = sign_ended};
