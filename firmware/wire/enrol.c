/* SPDX-License-Identifier: Apache-2.0
 *
 * Enrolment's JSON, strictly checked: bytes ↔ values, nothing else.
 */
#include "wire/enrol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* "", or ":8443". */
static bool port_ok(const char *text)
{
    size_t n = strlen(text);

    if (n == 0)
        return true;
    return text[0] == ':' && n <= 6 && strspn(text + 1, "0123456789") == n - 1 && atoi(text + 1) >= 1 &&
           atoi(text + 1) <= 65535;
}

bool enrol_url_ok(const char *url)
{
    static const char scheme[] = "https://";
    size_t n = strlen(url);
    if (n > ENROL_URL_MAX || strncmp(url, scheme, sizeof scheme - 1))
        return false;
    const char *host = url + sizeof scheme - 1;
    /* no path, user or query: the terminal appends paths and must not be sent elsewhere by a sheet's tail */
    if (*host == '[') {
        n = strspn(host + 1, "0123456789abcdefABCDEF:.") + 1;
        return n > 1 && host[n] == ']' && port_ok(host + n + 1);
    }
    n = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
    return n > 0 && port_ok(host + n);
}

static int get_version(const struct json *j, struct err *e)
{
    int64_t v = 0;
    return json_get_int(j, "v", 1, 1, &v, e);
}

/* A string member copied into an array of cap bytes. */
static int get_text(const struct json *j, const char *key, size_t min, char *out, size_t cap, struct err *e)
{
    const char *s = NULL;
    int rc = json_get_str(j, key, min, cap - 1, &s, e);
    if (rc == 0)
        memcpy(out, s, strlen(s) + 1);
    return rc;
}

/* Hexadecimal of min..cap bytes. */
static int get_hex(const struct json *j, const char *key, size_t min, uint8_t *out, size_t cap, size_t *ret_len,
                   struct err *e)
{
    const char *s = NULL;
    size_t n = 0;
    int rc = json_get_str(j, key, 2 * min, 2 * cap, &s, e);
    if (rc == 0 && hex_decode(s, strlen(s), out, cap, &n))
        rc = err_set(e, ERR_INVALID, "\"%s\" is not hexadecimal", key);
    if (rc == 0 && ret_len)
        *ret_len = n;
    return rc;
}

static int get_terminal(const struct json *j, char out[TERMINAL_ID_MAX + 1], struct err *e)
{
    int rc = get_text(j, "terminal", 1, out, TERMINAL_ID_MAX + 1, e);
    if (rc == 0 && !terminal_id_valid(out))
        rc = err_set(e, ERR_INVALID, "\"terminal\" may hold a-z, 0-9 and - only and starts with a letter");
    return rc;
}

static int get_url(const struct json *j, char out[ENROL_URL_MAX + 1], struct err *e)
{
    int rc = get_text(j, "hall", 1, out, ENROL_URL_MAX + 1, e);
    if (rc == 0 && !enrol_url_ok(out))
        rc = err_set(e, ERR_INVALID, "\"hall\" is not https://host:port");
    return rc;
}

static int finish(struct buf *out)
{
    buf_addc(out, '\n');
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

/* --- the sheet --- */

static void put_line(struct jsonw *w, const struct uplink *u)
{
    char dns[UPLINK_DNS_MAX * (UPLINK_ADDRESS_MAX + 1)] = "";

    for (int i = 0; i < UPLINK_DNS_MAX && u->dns[i][0]; i++)
        snprintf(dns + strlen(dns), sizeof dns - strlen(dns), "%s%s", i ? " " : "", u->dns[i]);
    const char *const members[][2] = {{"address", u->address}, {"gateway", u->gateway}, {"dns", dns}, {"proxy", u->proxy}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (*members[i][1])
            jsonw_str(w, members[i][0], members[i][1]);
}

int enrol_sheet_encode(const struct enrol_sheet *s, struct buf *out)
{
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "hall", s->hall);
    jsonw_str(&w, "terminal", s->terminal);
    jsonw_str(&w, "code", s->code);
    jsonw_hex(&w, "ca_sha256", s->ca_sha256, sizeof s->ca_sha256);
    jsonw_hex(&w, "root_sha256", s->root_sha256, sizeof s->root_sha256);
    put_line(&w, &s->line);
    if (*s->spot)
        jsonw_str(&w, "spot", s->spot);
    if (*s->device)
        jsonw_str(&w, "device", s->device);
    jsonw_end(&w);
    return finish(out);
}

/* A member that may be missing, for a screen: printable. */
static int get_shown(const struct json *j, const char *key, char *out, size_t cap, struct err *e)
{
    if (!json_has(j, key))
        return 0;
    int rc = get_text(j, key, 1, out, cap, e);
    for (const char *p = out; rc == 0 && *p; p++)
        if ((unsigned char)*p < ' ' || *p == 127)
            rc = err_set(e, ERR_INVALID, "\"%s\" holds a control character", key);
    return rc;
}

static int line_members(const struct json *j, struct uplink *u, struct err *e)
{
    const char *dns = "";
    int rc = json_has(j, "address") ? get_text(j, "address", 1, u->address, sizeof u->address, e) : 0;

    if (rc == 0 && json_has(j, "gateway"))
        rc = get_text(j, "gateway", 1, u->gateway, sizeof u->gateway, e);
    if (rc == 0 && json_has(j, "proxy"))
        rc = get_text(j, "proxy", 1, u->proxy, sizeof u->proxy, e);
    if (rc == 0)
        rc = json_opt_str(j, "dns", 1, UPLINK_DNS_MAX * (UPLINK_ADDRESS_MAX + 1), &dns, e);
    if (rc == 0)
        rc = uplink_dns_split(dns, u, e);
    return rc == 0 ? uplink_check(u, e) : rc;
}

static int sheet_members(const struct json *j, struct enrol_sheet *s, struct err *e)
{
    int rc = json_known(j, "v hall terminal code ca_sha256 root_sha256 spot device address gateway dns proxy", e);
    if (rc == 0)
        rc = get_version(j, e);
    if (rc == 0)
        rc = get_url(j, s->hall, e);
    if (rc == 0)
        rc = get_terminal(j, s->terminal, e);
    if (rc == 0)
        rc = get_text(j, "code", 8, s->code, sizeof s->code, e);
    if (rc == 0)
        rc = get_hex(j, "ca_sha256", SHA256_LEN, s->ca_sha256, SHA256_LEN, NULL, e);
    if (rc == 0)
        rc = get_hex(j, "root_sha256", SHA256_LEN, s->root_sha256, SHA256_LEN, NULL, e);
    if (rc == 0)
        rc = get_shown(j, "spot", s->spot, sizeof s->spot, e);
    if (rc == 0)
        rc = get_shown(j, "device", s->device, sizeof s->device, e);
    if (rc == 0)
        rc = line_members(j, &s->line, e);
    return rc;
}

int enrol_sheet_decode(const void *data, size_t len, struct enrol_sheet *ret, struct err *e)
{
    struct json *j = NULL;
    struct enrol_sheet s = {0};
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);
    if (rc == 0)
        rc = sheet_members(j, &s, e);
    json_free(j);
    if (rc == 0)
        *ret = s;
    return err_wrap(e, rc, "enrolment sheet");
}

void enrol_sheet_hash(const struct enrol_sheet *s, uint8_t out[SHA256_LEN])
{
    static const char prefix[] = "tongban-sheet-words-v1\n";
    struct sha256 *h = sha256_begin();
    struct buf line;

    sha256_add(h, prefix, sizeof prefix - 1);
    sha256_add(h, s->hall, strlen(s->hall) + 1);
    sha256_add(h, s->terminal, strlen(s->terminal) + 1);
    sha256_add(h, s->ca_sha256, sizeof s->ca_sha256);
    sha256_add(h, s->root_sha256, sizeof s->root_sha256);
    sha256_add(h, s->spot, strlen(s->spot) + 1);
    sha256_add(h, s->device, strlen(s->device) + 1);
    if (!uplink_is_plain(&s->line)) {
        buf_init(&line, UPLINK_FILE_MAX);
        uplink_encode(&s->line, &line);
        sha256_add(h, line.data, line.len);
        buf_finish(&line);
    }
    sha256_end(h, out);
}

/* --- registration --- */

static int register_message(const struct enrol_register *r, struct buf *out)
{
    size_t n = strlen(r->terminal);
    buf_add_be32(out, (uint32_t)n);
    buf_add(out, r->terminal, n);
    buf_add(out, r->epoch, EPOCH_LEN);
    buf_add(out, r->signing.point, P256_POINT_LEN);
    return buf_ok(out) ? 0 : -ERR_NOMEM;
}

int enrol_register_sign(const struct private_key *k, struct enrol_register *r, struct err *e)
{
    struct buf msg;
    buf_init(&msg, 256);
    key_public(k, &r->signing);
    int rc = register_message(r, &msg);
    if (rc == 0)
        rc = sign_message(k, ENROL_REGISTER_PREFIX, msg.data, msg.len, r->proof, &r->proof_len, e);
    buf_finish(&msg);
    return err_wrap(e, rc, "sign the registration");
}

int enrol_register_verify(const struct enrol_register *r, struct err *e)
{
    struct buf msg;
    buf_init(&msg, 256);
    int rc = register_message(r, &msg);
    if (rc == 0)
        rc = verify_message(&r->signing, ENROL_REGISTER_PREFIX, msg.data, msg.len, r->proof, r->proof_len, e);
    buf_finish(&msg);
    return err_wrap(e, rc, "proof of the signing key");
}

int enrol_register_encode(const struct enrol_register *r, struct buf *out)
{
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "terminal", r->terminal);
    jsonw_hex(&w, "epoch", r->epoch, EPOCH_LEN);
    jsonw_hex(&w, "signing", r->signing.point, P256_POINT_LEN);
    jsonw_hex(&w, "proof", r->proof, r->proof_len);
    jsonw_end(&w);
    return finish(out);
}

static int register_members(const struct json *j, struct enrol_register *r, struct err *e)
{
    int rc = json_known(j, "v terminal epoch signing proof", e);
    if (rc == 0)
        rc = get_version(j, e);
    if (rc == 0)
        rc = get_terminal(j, r->terminal, e);
    if (rc == 0)
        rc = get_hex(j, "epoch", EPOCH_LEN, r->epoch, EPOCH_LEN, NULL, e);
    if (rc == 0)
        rc = get_hex(j, "signing", P256_POINT_LEN, r->signing.point, P256_POINT_LEN, NULL, e);
    if (rc == 0)
        rc = public_key_check(&r->signing, e);
    if (rc == 0)
        rc = get_hex(j, "proof", 8, r->proof, sizeof r->proof, &r->proof_len, e);
    return rc;
}

int enrol_register_decode(const void *data, size_t len, struct enrol_register *ret, struct err *e)
{
    struct json *j = NULL;
    struct enrol_register r = {0};
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);
    if (rc == 0)
        rc = register_members(j, &r, e);
    json_free(j);
    if (rc == 0)
        *ret = r;
    return err_wrap(e, rc, "registration");
}

/* --- place and answer --- */

int enrol_place_encode(const struct place *p, struct buf *out)
{
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    place_encode(&w, p);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int enrol_place_decode(const void *data, size_t len, struct place *ret, struct err *e)
{
    struct json *j = NULL;
    struct place p = {0};
    int rc = err_wrap(e, json_parse(data, len, JSON_SIZE_MAX, &j, e), "place");
    if (rc == 0)
        rc = place_decode(j, &p, e);
    json_free(j);
    if (rc == 0)
        *ret = p;
    return rc;
}

int enrol_answer_encode(const struct enrol_answer *a, struct buf *out)
{
    struct jsonw w;
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "office", a->office);
    jsonw_int(&w, "registration", a->registration);
    jsonw_obj(&w, "place");
    place_encode(&w, &a->place);
    jsonw_end(&w);
    jsonw_end(&w);
    return finish(out);
}

static int answer_members(const struct json *j, struct enrol_answer *a, struct err *e)
{
    const struct json *place = NULL;
    int64_t office = 0, registration = 0;
    int rc = json_known(j, "v office registration place", e);
    if (rc == 0)
        rc = get_version(j, e);
    if (rc == 0)
        rc = json_get_int(j, "office", 0, 9999, &office, e);
    if (rc == 0)
        rc = json_get_int(j, "registration", 1, 999, &registration, e);
    if (rc == 0)
        rc = json_get_obj(j, "place", &place, e);
    if (rc == 0)
        rc = place_decode(place, &a->place, e);
    a->office = (int)office;
    a->registration = (int)registration;
    return rc;
}

int enrol_answer_decode(const void *data, size_t len, struct enrol_answer *ret, struct err *e)
{
    struct json *j = NULL;
    struct enrol_answer a = {0};
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);
    if (rc == 0)
        rc = answer_members(j, &a, e);
    json_free(j);
    if (rc == 0)
        *ret = a;
    return err_wrap(e, rc, "the hall's answer to the registration");
}
