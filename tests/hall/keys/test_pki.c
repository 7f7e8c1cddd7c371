/* SPDX-License-Identifier: Apache-2.0
 *
 * Certificates: made by the hall's CA, read by what the terminal uses; heads signed with mbedTLS, verified with OpenSSL.
 */
#include "test.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "crypto/hash.h"
#include "crypto/sign.h"
#include "sync/enrol_cert.h"
#include "tools/hall/keys/cert.h"
#include "tools/hall/keys/pki.h"

static char dir[64];
static struct buf key;
static struct pki *ca;
static struct buf request; /* base64 */
static uint8_t der[4096];
static size_t der_len;

/* EST's base64 to DER. */
static size_t decode(const struct buf *text, uint8_t *out)
{
    EVP_ENCODE_CTX *ctx = EVP_ENCODE_CTX_new();
    int n = 0, tail = 0;
    EVP_DecodeInit(ctx);
    EVP_DecodeUpdate(ctx, out, &n, text->data, (int)text->len);
    EVP_DecodeFinal(ctx, out + n, &tail);
    EVP_ENCODE_CTX_free(ctx);
    return (size_t)n + (size_t)tail;
}

TEST(setup)
{
    struct err e = {0};
    struct private_key *k = NULL;
    snprintf(dir, sizeof dir, "/tmp/tongban-pki-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT(pki_init(dir, NULL, true, &e), 0);
    CHECK_INT(pki_init(dir, NULL, true, &e), -ERR_EXISTS); /* keys are never overwritten */
    CHECK_INT(pki_load(dir, &ca, &e), 0);
    buf_init(&key, 4096);
    CHECK_INT(key_generate(&k, &e), 0);
    CHECK_INT(key_to_pem(k, &key, &e), 0);
    key_free(k);
    buf_init(&request, sizeof der);
    CHECK_INT(enrol_cert_request(&key, "whatever-it-says", &request, &e), 0);
    der_len = decode(&request, der);
}

TEST(request_is_checked)
{
    uint8_t hash[32], again[32], bad[sizeof der];
    CHECK_INT(pki_request_check(der, der_len, hash, NULL), 0);
    CHECK_INT(pki_request_check(der, der_len, again, NULL), 0);
    CHECK_MEM(hash, again, sizeof hash);
    CHECK_INT(pki_request_check(der, der_len - 1, hash, NULL), -ERR_INVALID);
    CHECK_INT(pki_request_check("nonsense", 8, hash, NULL), -ERR_INVALID);
    memcpy(bad, der, der_len);
    bad[der_len - 1] ^= 1; /* the proof of possession */
    CHECK_INT(pki_request_check(bad, der_len, hash, NULL), -ERR_INVALID);
}

TEST(certificate_names_what_the_hall_says)
{
    struct err e = {0};
    struct buf cert, p7;
    char name[64] = "";
    buf_init(&cert, PKI_DER_MAX);
    buf_init(&p7, 2 * PKI_DER_MAX);
    CHECK_INT(pki_issue(ca, der, der_len, "t-1103-003", 1103, &cert, &e), 0);
    const unsigned char *p = cert.data;
    X509 *x = d2i_X509(NULL, &p, (long)cert.len);
    CHECK(x != NULL);
    X509_NAME_get_text_by_NID(X509_get_subject_name(x), NID_commonName, name, sizeof name);
    CHECK_STR(name, "t-1103-003");
    X509_NAME_get_text_by_NID(X509_get_subject_name(x), NID_organizationName, name, sizeof name);
    CHECK_STR(name, "1103");
    p = pki_ca_der(ca)->data;
    X509 *issuer = d2i_X509(NULL, &p, (long)pki_ca_der(ca)->len);
    CHECK_INT(X509_verify(x, X509_get0_pubkey(issuer)), 1);
    CHECK_INT(X509_get_extended_key_usage(x), XKU_SSL_CLIENT);
    CHECK_INT(X509_check_ca(x), 0);
    X509_free(x);
    X509_free(issuer);
    CHECK_INT(pki_certs_only(cert.data, cert.len, &p7, &e), 0);
    buf_finish(&cert);
    buf_finish(&p7);
}

static void encode(const struct buf *in, struct buf *out)
{
    unsigned char text[2 * PKI_DER_MAX];
    int n = EVP_EncodeBlock(text, in->data, (int)in->len);
    buf_add(out, text, (size_t)n);
}

TEST(terminal_picks_its_certificate)
{
    struct err e = {0};
    struct buf cert, p7, text, pem;
    uint8_t hash[SHA256_LEN];
    buf_init(&cert, PKI_DER_MAX);
    buf_init(&p7, PKI_DER_MAX);
    buf_init(&text, 2 * PKI_DER_MAX);
    buf_init(&pem, 2 * PKI_DER_MAX);
    CHECK_INT(pki_issue(ca, der, der_len, "t-1", 1, &cert, &e), 0);
    CHECK_INT(pki_certs_only(cert.data, cert.len, &p7, &e), 0);
    encode(&p7, &text);
    CHECK_INT(enrol_cert_pick_key(text.data, text.len, &key, &pem, &e), 0);
    CHECK(strstr(buf_str(&pem), "BEGIN CERTIFICATE"));
    sha256(cert.data, cert.len, hash);
    CHECK_INT(enrol_cert_pick_hash(text.data, text.len, hash, &pem, &e), 0);
    hash[0] ^= 1;
    CHECK_INT(enrol_cert_pick_hash(text.data, text.len, hash, &pem, &e), -ERR_NOTFOUND);
    CHECK_INT(enrol_cert_pick_hash("AAAA", 4, hash, &pem, &e), -ERR_PROTOCOL);
    CHECK_INT(enrol_cert_pick_hash("\xff\xff", 2, hash, &pem, &e), -ERR_PROTOCOL);
    buf_finish(&cert);
    buf_finish(&p7);
    buf_finish(&text);
    buf_finish(&pem);
}

TEST(heads_verify_across_libraries)
{
    struct private_key *k = NULL;
    struct public_key pub;
    uint8_t sig[SIGNATURE_MAX];
    size_t len = 0;
    CHECK_INT(key_generate(&k, NULL), 0);
    key_public(k, &pub);
    CHECK_INT(sign_message(k, "test-v1\n", "message", 7, sig, &len, NULL), 0);
    EVP_PKEY *v = pki_verifier(&pub);
    CHECK(v != NULL);
    CHECK_INT(pki_verify(v, "test-v1\n", "message", 7, sig, len, NULL), 0);
    CHECK_INT(pki_verify(v, "test-v2\n", "message", 7, sig, len, NULL), -ERR_SIGNATURE);
    CHECK_INT(pki_verify(v, "test-v1\n", "messagf", 7, sig, len, NULL), -ERR_SIGNATURE);
    CHECK_INT(pki_verify(v, "test-v1\n", "message", 7, sig, len - 1, NULL), -ERR_SIGNATURE);
    pki_verifier_free(v);
    pub.point[64] ^= 1;
    CHECK(pki_verifier(&pub) == NULL);
    key_free(k);
}

#define DAY INT64_C(86400000)

/* Real validity, by base/clock: what a hall of 2030 makes is good in 2030. */
TEST(dates_are_of_the_clock)
{
    struct err e = {0};
    struct pki *p = NULL;
    struct buf cert;
    int64_t then = INT64_C(1893456000000), from = 0, ends = 0, again = 0;
    char real[64], path[512], other[512];
    snprintf(real, sizeof real, "/tmp/tongban-pki-XXXXXX");
    CHECK(mkdtemp(real) != NULL);
    clock_set_wall(then);
    CHECK_INT(pki_init(real, (const char *const[]){"hall.example", "10.1.2.3", NULL}, false, &e), 0);
    CHECK_INT(pki_load(real, &p, &e), 0);
    buf_init(&cert, PKI_DER_MAX);
    CHECK_INT(pki_issue(p, der, der_len, "t-1", 1, &cert, &e), 0);
    CHECK(pki_der_ends(cert.data, cert.len) / DAY == (then + PKI_TERMINAL_DAYS * DAY) / DAY);
    CHECK_INT(pki_server_files(real, path, other, &e), 0);
    CHECK_INT(pki_dates(path, &from, &ends, &e), 0);
    CHECK(from < then && from > then - DAY && ends > then + 364 * DAY && ends < then + 367 * DAY);
    clock_set_wall(then + 300 * DAY);
    CHECK_INT(pki_renew_server(real, &e), 0);
    CHECK_INT(pki_dates(path, &from, &again, &e), 0);
    CHECK(again > ends + 299 * DAY);
    /* nothing outlives the CA */
    clock_set_wall(then + 20 * 365 * DAY - 10 * DAY);
    buf_reset(&cert);
    CHECK_INT(pki_issue(p, der, der_len, "t-1", 1, &cert, &e), 0);
    CHECK(pki_der_ends(cert.data, cert.len) <= then + 20 * 365 * DAY);
    CHECK(pki_der_ends(cert.data, cert.len) > clock_wall_ms());
    buf_finish(&cert);
    pki_free(p);
    snprintf(path, sizeof path, "rm -rf '%s'", real);
    CHECK_INT(system(path), 0);
}

/* A renewed certificate names the same hosts. Two files of an earlier hall become one. */
TEST(server_names_stay)
{
    struct err e = {0};
    char real[64], cert[512], key_file[512], text[600];
    snprintf(real, sizeof real, "/tmp/tongban-pki-XXXXXX");
    CHECK(mkdtemp(real) != NULL);
    CHECK_INT(pki_init(real, (const char *const[]){"hall.example", "2001:db8::7", NULL}, false, &e), 0);
    snprintf(text, sizeof text, "cd '%s' && cp server.pem server.crt && mv server.pem server.key", real);
    CHECK_INT(system(text), 0);
    CHECK_INT(pki_server_files(real, cert, key_file, &e), 0);
    CHECK(strcmp(cert, key_file));
    CHECK_INT(pki_renew_server(real, &e), 0);
    CHECK_INT(access(cert, F_OK), -1);
    CHECK_INT(access(key_file, F_OK), -1);
    CHECK_INT(pki_server_files(real, cert, key_file, &e), 0);
    CHECK_STR(cert, key_file);
    X509 *x = cert_read(cert);
    EVP_PKEY *k = cert_read_key(cert);
    CHECK(x && k && X509_check_private_key(x, k) == 1);
    CHECK_INT(X509_check_host(x, "hall.example", 0, 0, NULL), 1);
    CHECK_INT(X509_check_host(x, "localhost", 0, 0, NULL), 1);
    CHECK_INT(X509_check_ip_asc(x, "2001:db8::7", 0), 1);
    CHECK_INT(X509_check_ip_asc(x, "127.0.0.1", 0), 1);
    CHECK_INT(X509_check_ip_asc(x, "10.0.0.1", 0), 0);
    X509_free(x);
    EVP_PKEY_free(k);
    snprintf(text, sizeof text, "rm -rf '%s'", real);
    CHECK_INT(system(text), 0);
}

TEST(finish)
{
    char command[100];
    pki_free(ca);
    buf_finish(&request);
    buf_finish(&key);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(setup), T(request_is_checked), T(certificate_names_what_the_hall_says), T(terminal_picks_its_certificate),
          T(heads_verify_across_libraries), T(dates_are_of_the_clock), T(server_names_stay), TEARDOWN(finish))
