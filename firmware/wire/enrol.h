/* SPDX-License-Identifier: Apache-2.0
 *
 * How a terminal becomes known to the hall: the enrolment sheet a technician brings and the registration of its journal.
 * Certificates travel in EST's shapes (RFC 7030) and are not here.
 *
 * Who does what: kioskctl makes DATA/keys/journal.pem and the epoch and writes the bytes of a register request to
 * DATA/sync/register.json (enrol_register_sign, enrol_register_encode); kiosk-sync, which may not read the journal's key,
 * sends these bytes as they are.
 *
 * On a first boot it is kiosk that makes them, from the sheet at DATA/sheet.json, and writes the request to
 * DATA/register.json; kiosk-sync leaves what it was given in its own folder, and kiosk takes it over when it fits the sheet.
 */
#ifndef WIRE_ENROL_H
#define WIRE_ENROL_H

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"
#include "crypto/keys.h"
#include "crypto/sign.h"
#include "model/place.h"
#include "model/record.h"
#include "model/terminal.h"
#include "model/uplink.h"

#define ENROL_URL_MAX TERMINAL_URL_MAX
#define ENROL_CODE_MAX 31
/* Below DATA: */
#define ENROL_SHEET "sheet.json"
#define ENROL_REQUEST "register.json"
#define ENROL_GIVEN_TERMINAL "sync/given-terminal.json" /* the last that is written */
#define ENROL_GIVEN_ROOT "sync/given-root.json"
#define ENROL_GIVEN_ROOT_SIG "sync/given-root.sig"
#define ENROL_SHEET_MAX 4096 /* bytes of the file */
#define ENROL_REGISTER_PREFIX "tongban-register-v1\n"

/* "https://host:port", nothing behind it; the port, 1 to 65535, may be left out. */
bool enrol_url_ok(const char *url);

/* The sheet: {"v":1,"hall":url,"terminal":id,"code":…,"ca_sha256":hex,"root_sha256":hex}, and if they are known, for who
 * compares it with a machine and with paper, "spot" and "device" of its place; and where DHCP alone does not do, "address",
 * "gateway", "dns" (with blanks between) and "proxy" of model/uplink.h. */
struct enrol_sheet {
    char hall[ENROL_URL_MAX + 1];
    char terminal[TERMINAL_ID_MAX + 1];
    char code[ENROL_CODE_MAX + 1];
    uint8_t ca_sha256[SHA256_LEN];   /* of the DER of the hall's CA certificate */
    uint8_t root_sha256[SHA256_LEN]; /* of the bytes of root.json */
    struct uplink line;              /* nothing set: by DHCP, directly */
    char spot[80], device[20];       /* as in model/place.h; "": not known. Only shown, and shown by no one as a proof */
};
int enrol_sheet_encode(const struct enrol_sheet *s, struct buf *out);
int enrol_sheet_decode(const void *data, size_t len, struct enrol_sheet *ret, struct err *e);
/* Of all but the code: what the four words of a sheet are made of (model/sheet_words.h). */
void enrol_sheet_hash(const struct enrol_sheet *s, uint8_t out[SHA256_LEN]);

/* POST /v1/register: {"v":1,"terminal":id,"epoch":hex,"signing":hex of the point,"proof":hex of the signature}. The proof
 * shows that whoever registers holds the signing key. */
struct enrol_register {
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    struct public_key signing;
    uint8_t proof[SIGNATURE_MAX];
    size_t proof_len;
};
/* Fills signing and proof from the key; terminal and epoch are the caller's. */
int enrol_register_sign(const struct private_key *k, struct enrol_register *r, struct err *e);
int enrol_register_verify(const struct enrol_register *r, struct err *e);
int enrol_register_encode(const struct enrol_register *r, struct buf *out);
int enrol_register_decode(const void *data, size_t len, struct enrol_register *ret, struct err *e);

/* The answer to a registration: {"v":1,"office":n,"registration":n,"place":{…}}. With the sheet and the request it makes
 * terminal.json (model/terminal.h). */
struct enrol_answer {
    int office, registration;
    struct place place; /* `terminal` is left empty */
};
int enrol_answer_encode(const struct enrol_answer *a, struct buf *out);
int enrol_answer_decode(const void *data, size_t len, struct enrol_answer *ret, struct err *e);

/* The place alone, as staff write it and the hall keeps it. `terminal` of *ret is left empty. */
int enrol_place_encode(const struct place *p, struct buf *out);
int enrol_place_decode(const void *data, size_t len, struct place *ret, struct err *e);

#endif
