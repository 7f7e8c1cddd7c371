/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminals the hall knows: their place, certificate, registration and one-time code, as rows. What they decide is
 * decided by rules/enrolment.h. Where two halls may decide at once, what was read is compared again when it is set:
 * -ERR_RETRY asks for the whole transaction once more (writer.h).
 */
#ifndef HALL_TERMINAL_H
#define HALL_TERMINAL_H

#include "crypto/hash.h"
#include "tools/hall/rules/enrolment.h"
#include "tools/hall/store/store.h"
#include "wire/enrol.h"

#define TERMINAL_CERT_MAX 2048

struct terminal {
    int office;
    char id[TERMINAL_ID_MAX + 1];
    struct place place;
    int registration; /* 0: never enrolled */
    struct enrolment_certs certs;
    bool registered; /* its journal is known: the three below are set */
    uint8_t epoch[EPOCH_LEN];
    struct public_key signing;
    struct store_place stored; /* of that journal */
};

/* Makes the terminal, or changes its place, and gives it a new code, which replaces one not used. -ERR_EXISTS: it belongs to
 * another office. Inside the caller's transaction. */
int terminal_add(struct store *s, int office, const char *id, const struct place *place, const char *code, struct err *e);
/* For tables that knew no zones yet: each terminal's, from its place. */
int terminal_name_zones(struct sql *d, struct err *e);
/* A code of 80 random bits in letters and digits that cannot be mistaken: "K7QF-M2XD-…". */
void terminal_new_code(char out[ENROL_CODE_MAX + 1]);

/* Where it stands, out of a row. One that cannot be read stops nobody: the log says so, and it stands at "?". */
void terminal_read_place(const char *id, const char *text, struct place *ret);
/* The same, of one of them; one that is not there leaves *ret alone. */
int terminal_place(struct store *s, int office, const char *id, struct place *ret, struct err *e);
int terminal_get(struct store *s, const char *id, struct terminal *ret, struct err *e); /* -ERR_NOTFOUND */
int terminal_each(struct store *s, int (*fn)(void *ctx, const struct terminal *t), void *ctx, struct err *e);

/* One request for a certificate, inside a transaction that is committed whatever the outcome. */
enum terminal_verdict {
    TERMINAL_CERTIFIED, /* cert holds the certificate, new or the same as before */
    TERMINAL_WRONG,     /* unknown terminal or wrong code */
    TERMINAL_LOCKED,    /* past its 24 hours */
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

/* The same for a renewal, asked for with a certificate (its hash) that is the terminal's. The same key again gets the same
 * certificate, another one takes its place. -ERR_ACCESS: the certificate is the terminal's no longer. */
int terminal_renew(struct store *s, const struct terminal_request *r, const uint8_t shown[SHA256_LEN], struct buf *cert,
                   struct err *e);
/* The certificate that followed was seen in use: from now on it is the terminal's only one. Another hash changes nothing. */
int terminal_adopt(struct store *s, const char *id, const uint8_t next[SHA256_LEN], struct err *e);
/* Ends certificate and renewal at once, and with them a code not used yet. Every running hall hears of it within a second.
 * -ERR_NOTFOUND; -ERR_STATE: it has none. */
int terminal_revoke(struct store *s, const char *id, struct err *e);
/* What every change of a terminal raises: its office's revision. fn returns non-zero to stop. */
int terminal_revisions(struct store *s, int (*fn)(void *ctx, int office, int64_t revision), void *ctx, struct err *e);
int terminal_each_of(struct store *s, int office, int (*fn)(void *ctx, const struct terminal *t), void *ctx, struct err *e);
/* For terminal.c and terminal_renew.c: something of a terminal of that office has changed. */
int terminal_changed(struct store *s, int office, struct err *e);
/* When its certificate ends, in Unix milliseconds; 0: it has none. */
int terminal_ends(struct store *s, const struct terminal *t, int64_t *ret_ms, struct err *e);
/* What a query of terminals `t` goes on with to have the neighbours of one: of its zone as it was last known, by name. */
#define TERMINAL_NEAR(office, id)                                                                                           \
    " JOIN terminal_zone z ON z.office=t.office AND z.terminal=t.terminal WHERE z.office=" office                           \
    " AND z.zone=(SELECT m.zone FROM terminal_zone m WHERE m.office=" office " AND m.terminal=" id ") AND z.terminal<>" id  \
    " ORDER BY z.terminal"
/* Another journal of the same terminal, from an earlier enrolment: fills epoch, signing and stored of *t. -ERR_NOTFOUND. */
int terminal_chain(struct store *s, const uint8_t epoch[EPOCH_LEN], struct terminal *t, struct err *e);

/* Registers the journal of an enrolled terminal. -ERR_EXISTS: this registration has another journal already, or the epoch
 * another signing key. The same again is no error. */
int terminal_register(struct store *s, const struct enrol_register *r, struct err *e);

/* The latest health report, one row a terminal. */
int terminal_health(struct store *s, int office, const char *id, const char *report, struct err *e);

#endif
