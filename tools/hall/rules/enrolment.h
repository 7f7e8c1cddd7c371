/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of enrolment (RFC 7030 4.2): who gets a certificate for a code, for the certificate before it, and which
 * certificate is good. A code lives ENROLMENT_CODE_HOURS, is bound to the first key that used it, and each enrolment gives a
 * new registration number. Pure: times come as values, in Unix milliseconds; hashes are SHA-256.
 *
 * What ends a certificate. Using a new sheet revokes the certificate before it, at once; issuing one revokes nothing: it may
 * lie in a drawer, and a healthy terminal must not stop because a sheet was printed for its successor. A wrong code ends
 * nothing: it has 80 random bits, and tries counted on it would let a stranger who knows a terminal's name use up a
 * technician's sheet (door/guess.h slows them).
 *
 * Renewal (RFC 7030 4.2.2): the new certificate lies beside the old one, and both are good, until the new one is seen in
 * use: an answer lost on its way costs nothing.
 */
#ifndef HALL_RULES_ENROLMENT_H
#define HALL_RULES_ENROLMENT_H

#include "model/record.h"

#define ENROLMENT_CODE_HOURS 24
#define ENROLMENT_REGISTRATION_MAX 999 /* three digits of the case number */
#define ENROLMENT_GRACE_DAYS 180       /* so long after its end a certificate is still good for its renewal */

/* --- a code --- */

struct enrolment_code {
    uint8_t code[HASH_LEN]; /* its hash */
    uint8_t key[HASH_LEN];  /* of the key that used it */
    bool bound;             /* `key` is set */
    int64_t expires;
};
enum code_verdict {
    CODE_NEW,  /* a new registration */
    CODE_SAME, /* the answer was lost: the certificate that this key has already */
    CODE_WRONG,
    CODE_LATE,      /* past its hours */
    CODE_OTHER_KEY, /* it was used with another key */
};
enum code_verdict enrolment_code_judge(const struct enrolment_code *c, const uint8_t code[HASH_LEN],
                                       const uint8_t key[HASH_LEN], int64_t now);
int64_t enrolment_code_expires(int64_t now); /* of one made now */

/* --- certificates --- */

/* What a terminal has, as hashes; zeros: none. */
struct enrolment_certs {
    uint8_t cert[HASH_LEN];
    uint8_t next[HASH_LEN]; /* the one that will follow it, good as well */
    int64_t issued_ms;      /* when the last one was issued, as far as the hall knows; 0: never */
};
/* What a connection showed: made by this hall's CA. */
struct enrolment_shown {
    uint8_t cert[HASH_LEN];
    int64_t from_ms, ends_ms;
};
enum standing {
    STANDING_GOOD,
    STANDING_NEXT,  /* good, and the one that follows is seen in use: it ends the one before it */
    STANDING_ENDED, /* over, replaced or revoked */
    STANDING_NEWER, /* issued after the last that the hall knows of: its database was restored from before that */
};
/* c NULL: there is no such terminal. `renews`: it is shown to ask for its successor, which is granted for a while after its
 * end. A certificate says it is good from `backdated_ms` before it was made. */
enum standing enrolment_standing(const struct enrolment_certs *c, const struct enrolment_shown *s, int64_t now, bool renews,
                                 int64_t backdated_ms);

enum renewal_verdict {
    RENEWAL_GRANTED,
    RENEWAL_ADOPTS,  /* granted, and the certificate that was shown takes its place first: else its successor would push it
                        out */
    RENEWAL_REFUSED, /* it is the terminal's no longer */
};
enum renewal_verdict enrolment_renewal_judge(const struct enrolment_certs *c, const uint8_t shown[HASH_LEN]);

/* --- the journal --- */

/* One registration has one journal: else a copied TLS key could bring one of its own. */
struct journal_facts {
    int registration;     /* 0: never enrolled */
    const uint8_t *epoch; /* of the journal that the registration has; NULL: none yet */
    const void *signing;  /* the key by which the hall knows the asked epoch; NULL: it does not know it */
    size_t signing_len;
};
enum journal_verdict {
    JOURNAL_TAKEN, /* new, or the same again */
    JOURNAL_NOT_ENROLLED,
    JOURNAL_OTHER,     /* this registration has another */
    JOURNAL_OTHER_KEY, /* the epoch is known with another signing key */
};
enum journal_verdict enrolment_journal_judge(const struct journal_facts *f, const uint8_t epoch[EPOCH_LEN],
                                             const void *signing);

#endif
