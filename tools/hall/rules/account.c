/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules of accounts.
 */
#include "tools/hall/rules/account.h"

#include <string.h>

#include "base/secret.h"

#define SKEW_MS 60000 /* clocks of two halls may differ so much */

static const struct {
    const char *word;
    bool sees;
} roles[] = {
#define ROLE(name, word, sees) {word, sees},
#include "tools/hall/rules/role.def"
#undef ROLE
};

#define IS(role) (1u << ROLE_##role)
static const unsigned uses[ROLE_USES] = {
#define ROLE_USE(name, roles) [ROLE_USE_##name] = roles,
#include "tools/hall/rules/role_may.def"
};

const char *role_word(enum role r)
{
    return roles[r].word;
}

bool role_by_word(const char *word, enum role *ret)
{
    for (enum role r = 0; r < ROLES; r++)
        if (strcmp(word, roles[r].word) == 0) {
            *ret = r;
            return true;
        }
    return false;
}

bool role_sees_cases(enum role r)
{
    return roles[r].sees;
}

/* A switch, so that the compiler asks for the line of an event that has none. */
static unsigned may(enum case_event_kind k)
{
    switch (k) {
#define ROLE_MAY(event, roles)                                                                                              \
    case CASE_EVENT_##event:                                                                                                \
        return roles;
#include "tools/hall/rules/role_may.def"
    case CASE_EVENTS:
        break;
    }
    return 0;
}

bool role_may(enum role r, enum case_event_kind k)
{
    return (may(k) >> r & 1u) != 0;
}

bool role_uses(enum role r, enum role_use u)
{
    return (uses[u] >> r & 1u) != 0;
}

const char *account_state_word(enum account_state s)
{
    static const char *const words[ACCOUNT_STATES] = {"invited", "active", "disabled"};

    return words[s];
}

bool account_id_valid(const char *id)
{
    static const char taken[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
    size_t len = strlen(id);

    return len > 0 && len <= ACCOUNT_ID_MAX && strspn(id, taken) == len;
}

void account_code_hash(const char *typed, uint8_t out[SHA256_LEN])
{
    char plain[64];
    size_t n = 0;

    for (; *typed && n < sizeof plain; typed++)
        if (*typed != '-' && *typed != ' ')
            plain[n++] = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
    sha256(plain, n, out);
    secret_wipe(plain, sizeof plain);
}

void account_invite(struct account *a, const uint8_t code[SHA256_LEN], int64_t now)
{
    a->state = ACCOUNT_INVITED;
    memset(a->kept, 0, sizeof a->kept);
    memset(a->totp, 0, sizeof a->totp);
    a->totp_step = 0;
    memcpy(a->code, code, sizeof a->code);
    a->code_ends = now + ACCOUNT_CODE_MS;
}

enum case_refusal account_judge(const struct account *a, enum case_event_kind k)
{
    return a->state != ACCOUNT_DISABLED && role_may(a->role, k) ? CASE_MAY : CASE_REFUSAL_NO_ROLE;
}

enum account_code account_code_judge(const struct account *a, const uint8_t code[SHA256_LEN], int64_t now)
{
    if (a->state != ACCOUNT_INVITED || !secret_equal(a->code, code, sizeof a->code))
        return ACCOUNT_CODE_WRONG;
    return now < a->code_ends ? ACCOUNT_CODE_MAY : ACCOUNT_CODE_LATE;
}

enum session_standing session_judge(int64_t made, int64_t used, int64_t now)
{
    if (now - made >= SESSION_MS || now < made - SKEW_MS)
        return SESSION_OVER;
    return now - used >= SESSION_IDLE_MS ? SESSION_IDLE : SESSION_GOOD;
}
