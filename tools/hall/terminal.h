/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminals the hall knows: their place, certificate, registration and one-time code. Rows in the hall's database, and
 * the rules of enrolment (hall.md): a code lives 24 hours and takes five tries, is bound to the first key that used it, and
 * each enrolment gives a new registration number and ends the certificate before it.
 */
#ifndef HALL_TERMINAL_H
#define HALL_TERMINAL_H

#include "crypto/hash.h"
#include "tools/hall/store.h"
#include "wire/enrol.h"

#define TERMINAL_CODE_HOURS 24
#define TERMINAL_CODE_TRIES 5
#define TERMINAL_REGISTRATION_MAX 999 /* three digits of the case number */
#define TERMINAL_CERT_MAX 2048

struct terminal {
    int office;
    char id[TERMINAL_ID_MAX + 1];
    struct place place;
    int registration;         /* 0: never enrolled */
    uint8_t cert[SHA256_LEN]; /* hash of the one valid certificate; zeros without one */
    bool registered;          /* its journal is known: the two below are set */
    uint8_t epoch[EPOCH_LEN];
    struct public_key signing;
    struct store_place stored; /* of that journal */
};

/* Makes the terminal, or changes its place, and gives it a new code, which replaces one not used. -ERR_EXISTS: it belongs to
 * another office. */
int terminal_add(struct store *s, int office, const char *id, const struct place *place, const char *code, struct err *e);
/* A code of 80 random bits in letters and digits that cannot be mistaken: "K7QF-M2XD-…". */
void terminal_new_code(char out[ENROL_CODE_MAX + 1]);

int terminal_get(struct store *s, const char *id, struct terminal *ret, struct err *e); /* -ERR_NOTFOUND */
int terminal_each(struct store *s, int (*fn)(void *ctx, const struct terminal *t), void *ctx, struct err *e);

/* One request for a certificate, inside a transaction that is committed whatever the outcome. */
enum terminal_verdict {
    TERMINAL_CERTIFIED, /* cert holds the certificate, new or the same as before */
    TERMINAL_WRONG,     /* unknown terminal or wrong code; a try is gone */
    TERMINAL_LOCKED,    /* no try left, or past its 24 hours, or used up */
    TERMINAL_OTHER_KEY, /* the code was used with another key: alert */
    TERMINAL_FULL,      /* the office has no registration number left */
};
struct terminal_request {
    const char *id, *code;
    uint8_t key_sha256[SHA256_LEN];
    /* Makes the certificate (DER) for terminal and office; called when all else is right. */
    int (*issue)(void *ctx, const char *id, int office, struct buf *out, struct err *e);
    void *ctx;
};
int terminal_certify(struct store *s, const struct terminal_request *r, enum terminal_verdict *ret_verdict, struct buf *cert,
                     struct err *e);

/* Registers the journal of an enrolled terminal. -ERR_EXISTS: this registration has another journal already, or the epoch
 * another signing key. The same again is no error. */
int terminal_register(struct store *s, const struct enrol_register *r, struct err *e);

/* The latest health report, one row a terminal. */
int terminal_health(struct store *s, int office, const char *id, const char *report, struct err *e);

#endif
