/* SPDX-License-Identifier: Apache-2.0
 *
 * Members of staff: who may do what (role_may.def), how an account comes to life, how long somebody stays signed in. Pure:
 * times come as values, in Unix milliseconds; hashes are SHA-256.
 *
 * An account is made with a one-time code, which an administrator hands over: whoever has it chooses the passphrase and gets
 * the key for his authenticator, and the code is used up. `reset` goes back to there. Nothing is counted against an account:
 * wrong tries make the address they come from wait (door/guess.h), so that nobody can shut another one out.
 */
#ifndef HALL_RULES_ACCOUNT_H
#define HALL_RULES_ACCOUNT_H

#include "crypto/passphrase.h"
#include "crypto/totp.h"
#include "tools/hall/rules/case.h"

#define ACCOUNT_ID_MAX 32 /* letters, digits, '.', '-', '_' */
#define ACCOUNT_CODE_MS (INT64_C(24) * 3600 * 1000)
#define SESSION_MS (INT64_C(12) * 3600 * 1000)
#define SESSION_IDLE_MS (INT64_C(30) * 60 * 1000)
#define SESSION_TOUCH_MS 60000 /* so often what is kept of its last use follows */

enum role {
#define ROLE(name, word, sees) ROLE_##name,
#include "tools/hall/rules/role.def"
#undef ROLE
    ROLES
};
const char *role_word(enum role r);
bool role_by_word(const char *word, enum role *ret);
bool role_sees_cases(enum role r);
bool role_may(enum role r, enum case_event_kind k);
/* What the pages do that is no event of a case. */
enum role_use {
#define ROLE_USE(name, roles) ROLE_USE_##name,
#include "tools/hall/rules/role_may.def"
    ROLE_USES
};
bool role_uses(enum role r, enum role_use u);

enum account_state { ACCOUNT_INVITED, ACCOUNT_ACTIVE, ACCOUNT_DISABLED, ACCOUNT_STATES };
const char *account_state_word(enum account_state s);

struct account {
    char id[ACCOUNT_ID_MAX + 1]; /* what he types; one in the whole hall */
    int office;
    char name[CASE_NAME_MAX + 1], post[CASE_NAME_MAX + 1]; /* as the events of cases have them; one name in an office */
    enum role role;
    enum account_state state;
    char kept[PASSPHRASE_KEPT_MAX + 1]; /* of the passphrase; "": none yet */
    uint8_t totp[TOTP_KEY_LEN];         /* zeros: none yet */
    int64_t totp_step;                  /* the last that was used */
    uint8_t code[SHA256_LEN];           /* hash of the one-time code; zeros: none, or used */
    int64_t code_ends;
};
bool account_id_valid(const char *id);
/* Of a code as somebody types it: case, blanks and hyphens do not matter. */
void account_code_hash(const char *typed, uint8_t out[SHA256_LEN]);
/* Back to the beginning: a new code, and nothing of passphrase and key is left. */
void account_invite(struct account *a, const uint8_t code[SHA256_LEN], int64_t now);

/* CASE_MAY or NO_ROLE: his account is not disabled, and his role may do that. */
enum case_refusal account_judge(const struct account *a, enum case_event_kind k);

/* A code was shown. WRONG says nothing of whether there is such an account. */
enum account_code { ACCOUNT_CODE_MAY, ACCOUNT_CODE_WRONG, ACCOUNT_CODE_LATE };
enum account_code account_code_judge(const struct account *a, const uint8_t code[SHA256_LEN], int64_t now);

enum session_standing { SESSION_GOOD, SESSION_IDLE, SESSION_OVER };
/* Signed in at `made`, last seen at `used`. A clock that was put back by more than it may be wrong ends it. */
enum session_standing session_judge(int64_t made, int64_t used, int64_t now);

#endif
