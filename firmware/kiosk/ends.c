/* SPDX-License-Identifier: Apache-2.0
 *
 * What ends, and who is told before: the terminal's certificate (kiosk-sync renews it, and says when it ends), the signed
 * root and the key that seals applications. With the sealing key over, applications are not taken, and all else goes on.
 */
#include "kiosk/kiosk.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "catalog/verify.h"

#define NEAR_MS (INT64_C(90) * 86400000)

/* A clock that is not trusted ends nothing: then it is as late as the hall's signed head says. */
int64_t kiosk_moment(const struct kiosk *k)
{
    return k->health.clock_sure ? clock_wall_ms() : k->head_at_ms;
}

void kiosk_ends_load(struct kiosk *k)
{
    struct manifest_root root;

    k->ends[KIOSK_END_ROOT].ms = k->ends[KIOSK_END_SEALING].ms = 0;
    if (verify_root(k->opt.data, &root, NULL, NULL) < 0)
        return;
    k->root_version = root.version;
    k->ends[KIOSK_END_ROOT].ms = root.expires_ms;
    k->ends[KIOSK_END_SEALING].ms = root.sealing.to_ms;
    kiosk_ends_check(k);
}

void kiosk_ends_certificate(struct kiosk *k, int64_t ends_ms, bool hall_untrusted)
{
    k->ends[KIOSK_END_CERTIFICATE].ms = ends_ms;
    k->hall_untrusted = hall_untrusted;
    kiosk_ends_check(k);
}

static enum kiosk_end_state state_of(const struct kiosk *k, const struct kiosk_end *end)
{
    int64_t now = kiosk_moment(k);

    return !end->ms                  ? KIOSK_END_FINE
           : now > end->ms           ? KIOSK_END_OVER
           : now > end->ms - NEAR_MS ? KIOSK_END_NEAR
                                     : KIOSK_END_FINE;
}

const char *kiosk_end_name(enum kiosk_end_of of)
{
    static const char *const names[KIOSK_ENDS] = {"certificate", "root", "sealing-key"};

    return names[of];
}

void kiosk_ends_check(struct kiosk *k)
{
    bool changed = false, over;

    for (int i = 0; i < KIOSK_ENDS; i++) {
        enum kiosk_end_state now = state_of(k, &k->ends[i]);

        changed |= now != k->ends[i].state;
        if (now > k->ends[i].state)
            log_warn("kiosk", "%s: %s", kiosk_end_name((enum kiosk_end_of)i),
                     now == KIOSK_END_OVER ? "ended" : "near its end");
        k->ends[i].state = now;
    }
    if (changed)
        kiosk_tell_catalogue(k);
    /* not under a resident's hands: what he has begun is still sealed, and opened at the hall */
    over = k->ends[KIOSK_END_SEALING].state == KIOSK_END_OVER;
    if (k->started && k->session && session_idle(k->session) && over == k->can_seal && k->ends[KIOSK_END_SEALING].ms)
        kiosk_load_root_keys(k);
}

void kiosk_ends_put(const struct kiosk *k, struct jsonw *w)
{
    static const char *const keys[KIOSK_ENDS] = {"certificate_ends", "root_ends", "sealing_key_ends"};
    static const char *const words[] = {"fine", "near", "over"};
    char text[CLOCK_RFC3339_LEN + 1], state[24];

    jsonw_int(w, "root", k->root_version);
    for (int i = 0; i < KIOSK_ENDS; i++) {
        text[0] = '\0';
        if (k->ends[i].ms)
            clock_format_rfc3339(k->ends[i].ms, text);
        jsonw_str(w, keys[i], text);
        snprintf(state, sizeof state, "%.20s", keys[i]);
        strcpy(state + strlen(state) - 4, "end");
        jsonw_str(w, state, words[k->ends[i].state]);
    }
}
