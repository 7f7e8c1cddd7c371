/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall's signed root and head allow at this moment: the key to seal applications to, the keys whose word is
 * believed, whether the clock is trusted, and what ends when. With the sealing key over, applications are not taken, and all
 * else goes on.
 */
#ifndef KIOSK_AUTHORITY_H
#define KIOSK_AUTHORITY_H

#include "base/json.h"
#include "crypto/keys.h"
#include "kiosk/port.h"
#include "model/staff_facts.h"
#include "wire/manifest.h"

struct authority;

struct authority_events {
    void (*keys)(void *ctx);  /* authority_sealing() may be another */
    void (*clock)(void *ctx); /* authority_clock_sure() was found anew */
};

enum authority_state { AUTHORITY_FINE, AUTHORITY_NEAR, AUTHORITY_OVER }; /* near: within 90 days */
struct authority_end {
    int64_t ms; /* 0: not known */
    enum authority_state state;
};

/* `data`, borrowed: where the signed files lie; nothing is read yet. `events` is copied. */
struct authority *authority_create(const char *data, const struct authority_events *events, void *ctx,
                                   const struct port *port);
void authority_destroy(struct authority *a); /* takes NULL */

/* After a start, and after each new root or head. */
void authority_load_root(struct authority *a);
void authority_load_head(struct authority *a);
/* Time has passed, or is known better: was the clock set, is the head past its validity? */
void authority_check_head(struct authority *a);
/* The same for all else that ends. `free`: nobody is served, so that a key that is over may be let go: what a resident has
 * begun is still sealed to it, and opened at the hall. */
void authority_check_ends(struct authority *a, bool free);

/* kiosk-sync says that the hall's time agrees with ours, or that it is not known any more. Its word alone could date papers
 * by a clock that is a year ahead: past the hall's signed head nothing is trusted. Nor is a clock that was set since. */
void authority_clock_said(struct authority *a, bool said);
/* kiosk-sync says when its certificate ends, and that the hall's is refused. It ends nothing here. */
void authority_certificate_said(struct authority *a, int64_t ends_ms, bool hall_refused);

const struct public_key *authority_sealing(const struct authority *a); /* NULL: none, or none that is good now */
const struct public_key *authority_ask(const struct authority *a);     /* to seal questions to; NULL as above */
const struct manifest_role *authority_hall(const struct authority *a); /* n 0: none is known, nothing is believed */
bool authority_clock_sure(const struct authority *a);
bool authority_hall_refused(const struct authority *a);
int64_t authority_head_expires(const struct authority *a); /* 0: none was seen yet */
const struct authority_end *authority_end(const struct authority *a, enum staff_end of);
const char *authority_end_word(enum staff_end of);

void authority_health(const struct authority *a, struct health *h); /* clock_sure, no_applications, news_old */
/* root, certificate_ends, certificate_end ("fine", "near", "over"), and so on. */
void authority_put(const struct authority *a, struct jsonw *w);

#endif
