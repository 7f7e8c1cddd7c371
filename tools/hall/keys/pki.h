/* SPDX-License-Identifier: Apache-2.0
 *
 * X.509 (RFC 5280) with OpenSSL: the hall's own CA, its server certificate, the terminals' certificates in EST's shapes
 * (RFC 7030: PKCS#10 in, certs-only PKCS#7 out), and signatures of journal heads, which OpenSSL verifies 25 times faster
 * than mbedTLS. All keys are P-256.
 */
#ifndef HALL_PKI_H
#define HALL_PKI_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/keys.h"

#define PKI_DER_MAX 4096

#define PKI_TERMINAL_DAYS 365
#define PKI_SERVER_FILE "server.pem" /* key and certificate */

/* `test`: valid 2000–2099, for halls whose clock is set to and fro; else 20 years for the CA and one for the server, from
 * base/clock's now on. Certificates that a test CA issues are valid as long as itself; none outlives its CA. Writes ca.crt,
 * ca.key and PKI_SERVER_FILE into dir, which exists. `hosts`: NULL-ended names and addresses beside 127.0.0.1, ::1 and
 * localhost. Keys are made by crypto/. */
int pki_init(const char *dir, const char *const *hosts, bool test, struct err *e);
/* A new key and a certificate of the same names for the server, in one step: whoever reads the file finds a pair. */
int pki_renew_server(const char *dir, struct err *e);
/* The same for the staff's listener (PKI_STAFF_FILE), which has names of its own; replaces one that is there. Whoever has a
 * certificate that browsers believe puts key and chain there instead. */
#define PKI_STAFF_FILE "staff.pem"
int pki_make_staff(const char *dir, const char *const *hosts, struct err *e);
/* Where the server's certificate and key lie; a hall set up earlier has two files, server.crt and server.key, until it
 * renews them. Each of `cert` and `key` holds 512 bytes. */
int pki_server_files(const char *dir, char cert[512], char key[512], struct err *e);
/* Validity of a certificate: of a PEM file, of DER (its end; 0: it is none). Unix milliseconds. */
int pki_dates(const char *path, int64_t *ret_from_ms, int64_t *ret_ends_ms, struct err *e);
int64_t pki_der_ends(const void *der, size_t len);

/* So long before it is made a certificate is good: another clock may be a little behind this one. */
#define PKI_BACKDATED_S 3600

struct pki; /* the CA, loaded */
int pki_load(const char *dir, struct pki **ret, struct err *e);
void pki_free(struct pki *p); /* takes NULL */
/* The CA's certificate as DER. Borrowed. */
const struct buf *pki_ca_der(const struct pki *p);

/* Checks a PKCS#10 request (DER): P-256, signed by its own key. The hash of its SubjectPublicKeyInfo names the key. */
int pki_request_check(const void *der, size_t len, uint8_t ret_key_sha256[32], struct err *e);
/* Issues a client certificate with CN = terminal and O = office for the request's key; whatever name the request holds is
 * ignored. PKI_TERMINAL_DAYS, of base/clock. */
int pki_issue(struct pki *p, const void *der, size_t len, const char *terminal, int office, struct buf *ret_der,
              struct err *e);
/* Certs-only PKCS#7 (RFC 5652 5.1) around one certificate. */
int pki_certs_only(const void *cert_der, size_t len, struct buf *out, struct err *e);

/* A key ready to verify with; made once a terminal. NULL when the point is none. */
struct evp_pkey_st;
struct evp_pkey_st *pki_verifier(const struct public_key *k);
void pki_verifier_free(struct evp_pkey_st *k); /* takes NULL */
/* 0 or -ERR_SIGNATURE: ECDSA/SHA-256 over prefix ‖ msg. */
int pki_verify(struct evp_pkey_st *k, const char *prefix, const void *msg, size_t len, const uint8_t *sig, size_t sig_len,
               struct err *e);

#endif
