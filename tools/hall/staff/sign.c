/* SPDX-License-Identifier: Apache-2.0
 *
 * Signing in and out, and who one is. All that is wrong gets one answer, after the same time.
 */
#include "tools/hall/staff/sign.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "crypto/random.h"

#define COOKIE_ENDS "; Path=/; Secure; HttpOnly; SameSite=Strict"

static void put_me(struct ask *a)
{
    char at[CLOCK_RFC3339_LEN + 1], day[DATE_LEN + 1];
    struct jsonw *w = &a->w;

    clock_format_rfc3339(a->now, at);
    date_format(date_of_ms(a->now), day);
    jsonw_str(w, "id", a->me.id);
    jsonw_str(w, "name", a->me.name);
    jsonw_str(w, "post", a->me.post);
    jsonw_str(w, "role", role_word(a->me.role));
    jsonw_int(w, "office", a->me.office);
    jsonw_bool(w, "cases", role_sees_cases(a->me.role));
    jsonw_bool(w, "open", role_uses(a->me.role, ROLE_USE_OPEN));
    jsonw_bool(w, "print", role_uses(a->me.role, ROLE_USE_PRINT));
    jsonw_bool(w, "call", role_uses(a->me.role, ROLE_USE_CALL));
    jsonw_bool(w, "watch", role_uses(a->me.role, ROLE_USE_WATCH));
    jsonw_bool(w, "publish", role_uses(a->me.role, ROLE_USE_PUBLISH));
    jsonw_bool(w, "audit", role_uses(a->me.role, ROLE_USE_AUDIT));
    jsonw_bool(w, "people", role_uses(a->me.role, ROLE_USE_PEOPLE));
    jsonw_bool(w, "fleet", role_uses(a->me.role, ROLE_USE_FLEET));
    jsonw_str(w, "at", at);
    jsonw_str(w, "today", day);
}

static int me_read(struct ask *a, struct store *s, struct err *e)
{
    ask_answer(a, 200);
    put_me(a);
    return 0;
}

const struct api api_me = {.read = me_read};

/* --- in --- */

void sign_hold(struct ask *a)
{
    int wait = guess_wait(a->desk->guesses, a->address, clock_mono_ms());

    if (wait > 0) {
        a->retry_s = wait;
        ask_refuse(a, 429, "wait");
        jsonw_int(&a->w, "seconds", wait);
    } else if (a->desk->hashing >= HASHING_MAX) {
        a->retry_s = 2;
        ask_refuse(a, 503, "busy");
    } else {
        a->desk->hashing++;
        a->hashes = true;
    }
}

static void alarm_of(struct ask *a, int by_address, int by_person)
{
    char words[160];

    if (guess_alarms(by_address))
        snprintf(words, sizeof words, "%d wrong tries to sign in from %s", by_address, a->address);
    else if (guess_alarms(by_person))
        snprintf(words, sizeof words, "%d wrong tries to sign in as %s", by_person, a->sign_in.id);
    else
        return;
    log_warn("hall", "%s", words);
    alerts_tell(a->desk->alerts, 0, STORE_NO_TERMINAL, "sign-in-guessed", words);
}

void sign_ended(struct ask *a)
{
    if (a->hashes)
        a->desk->hashing--;
    if (a->status == 200) {
        guess_right(a->desk->guesses, a->address);
        guess_right(a->desk->people, a->sign_in.id);
    } else if (a->status == 401) {
        alarm_of(a, guess_wrong(a->desk->guesses, a->address, clock_mono_ms()),
                 guess_wrong(a->desk->people, a->sign_in.id, clock_mono_ms()));
    }
}

static void in_take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    if (sign_in_decode(body, len, &a->sign_in, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        sign_hold(a);
}

static int in_read(struct ask *a, struct store *s, struct err *e)
{
    struct err why = {0};
    int rc = account_read(s, a->sign_in.id, &a->me, &why);

    if (rc < 0 && rc != -ERR_NOTFOUND) {
        *e = why;
        return rc;
    }
    bool active = rc == 0 && a->me.state == ACCOUNT_ACTIVE;
    bool fits = passphrase_is(a->sign_in.passphrase, active ? a->me.kept : NULL);
    a->step = totp_step(a->me.totp, a->sign_in.code, a->now, a->me.totp_step);
    if (!active || !fits || !a->step)
        ask_refuse(a, 401, "wrong");
    return 0;
}

int sign_begin_session(struct ask *a, struct store *s, struct err *e)
{
    uint8_t token[SESSION_TOKEN_LEN];
    char hex[2 * SESSION_TOKEN_LEN + 1];
    struct session one = {.made = a->now, .used = a->now};

    random_bytes(token, sizeof token);
    hex_encode(token, sizeof token, hex);
    sha256(token, sizeof token, one.hash);
    session_bind(one.hash, a->address);
    memcpy(one.id, a->me.id, sizeof one.id);
    int rc = account_sweep(s, a->now, e);
    if (rc == 0)
        rc = session_add(s, &one, e);
    if (rc == 0) {
        snprintf(a->cookie, sizeof a->cookie, SESSION_COOKIE "=%s" COOKIE_ENDS, hex);
        ask_answer(a, 200);
        put_me(a);
    }
    secret_wipe(token, sizeof token);
    secret_wipe(hex, sizeof hex);
    return rc;
}

/* The code counts once, also when it is sent twice at the same moment. */
static int in_write(struct ask *a, struct store *s, struct err *e)
{
    int rc = account_step(s, a->sign_in.id, a->step, e);

    if (rc == 0)
        ask_refuse(a, 401, "wrong");
    if (rc <= 0)
        return rc;
    rc = account_read(s, a->sign_in.id, &a->me, e);
    if (rc == 0 && a->me.state != ACCOUNT_ACTIVE) {
        ask_refuse(a, 401, "wrong");
        return 0;
    }
    if (rc == 0)
        rc = store_audit(s, a->me.office, a->me.id, "sign-in", a->me.id, role_word(a->me.role), e);
    return rc == 0 ? sign_begin_session(a, s, e) : rc;
}

const struct api api_sign_in = {.take = in_take, .read = in_read, .write = in_write, .ended = sign_ended};

/* --- out --- */

static int out_write(struct ask *a, struct store *s, struct err *e)
{
    int rc = session_end(s, a->session.hash, e);

    if (rc == 0)
        rc = store_audit(s, a->me.office, a->me.id, "sign-out", a->me.id, role_word(a->me.role), e);
    if (rc == 0) {
        snprintf(a->cookie, sizeof a->cookie, SESSION_COOKIE "=" COOKIE_ENDS "; Max-Age=0");
        ask_answer(a, 200);
    }
    return rc;
}

const struct api api_sign_out = {.write = out_write};
