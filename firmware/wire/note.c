/* SPDX-License-Identifier: Apache-2.0
 *
 * See note.h.
 */
#include "wire/note.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/terminal.h"

#define PREFIX "tongban-note-v1\n"
#define HEAD_LEN (sizeof PREFIX - 1 + 4)
#define TEXT_MAX (NOTE_COPY_BYTES - HEAD_LEN - SIGNATURE_MAX)
#define VERSION_LETTERS "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+~"

/* --- the text --------------------------------------------------------------------------------------------------------- */

int note_text_encode(const struct note *n, struct buf *out)
{
    const char slot[2] = {n->slot, 0};
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "sequence", n->sequence);
    jsonw_int(&w, "at", n->at_ms);
    jsonw_str(&w, "terminal", n->terminal);
    jsonw_obj(&w, "place");
    place_encode(&w, &n->place);
    jsonw_end(&w);
    jsonw_str(&w, "version", n->version);
    jsonw_str(&w, "slot", slot);
    jsonw_int(&w, "waiting", n->waiting);
    jsonw_int(&w, "last", n->last);
    jsonw_int(&w, "acked", n->acked);
    jsonw_hex(&w, "release", n->release, sizeof n->release);
    jsonw_hex(&w, "key", n->key.point, sizeof n->key.point);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int get_hex(const struct json *doc, const char *name, uint8_t *out, size_t size, struct err *e)
{
    const char *hex = NULL;
    size_t len;
    int rc = json_get_str(doc, name, 2 * size, 2 * size, &hex, e);

    if (rc == 0 && hex_decode(hex, 2 * size, out, size, &len) < 0)
        rc = err_set(e, ERR_INVALID, "\"%s\" is not hexadecimal", name);
    return rc;
}

static int get_words(const struct json *doc, struct note *n, struct err *e)
{
    const char *terminal = NULL, *version = NULL, *slot = NULL;
    const struct json *place = NULL;
    int rc = json_get_str(doc, "terminal", 1, TERMINAL_ID_MAX, &terminal, e);

    if (rc == 0 && !terminal_id_valid(terminal))
        rc = err_set(e, ERR_INVALID, "\"terminal\" is no terminal's name");
    if (rc == 0)
        rc = json_get_obj(doc, "place", &place, e);
    if (rc == 0)
        rc = place_decode(place, &n->place, e);
    if (rc == 0)
        rc = json_get_str(doc, "version", 0, MACHINE_VERSION_MAX, &version, e);
    if (rc == 0 && version[strspn(version, VERSION_LETTERS)])
        rc = err_set(e, ERR_INVALID, "\"version\" is none");
    if (rc == 0)
        rc = json_get_str(doc, "slot", 1, 1, &slot, e);
    if (rc == 0 && !strchr("ab-", *slot))
        rc = err_set(e, ERR_INVALID, "\"slot\" is a, b or -");
    if (rc < 0)
        return rc;
    text_copy(n->terminal, sizeof n->terminal, terminal);
    text_copy(n->version, sizeof n->version, version);
    n->slot = *slot;
    return 0;
}

static int get_all(const struct json *doc, struct note *n, struct err *e)
{
    int64_t v;
    int rc = json_known(doc, "v sequence at terminal place version slot waiting last acked release key", e);

    if (rc == 0)
        rc = json_get_int(doc, "v", 1, 1, &v, e);
    if (rc == 0)
        rc = json_get_int(doc, "sequence", 1, INT64_MAX, &n->sequence, e);
    if (rc == 0)
        rc = json_get_int(doc, "at", 0, INT64_MAX, &n->at_ms, e);
    if (rc == 0)
        rc = get_words(doc, n, e);
    if (rc == 0)
        rc = json_get_int(doc, "waiting", NOTE_WAITING_UNKNOWN, INT64_MAX, &n->waiting, e);
    if (rc == 0)
        rc = json_get_int(doc, "last", 0, INT64_MAX, &n->last, e);
    if (rc == 0)
        rc = json_get_int(doc, "acked", 0, INT64_MAX, &n->acked, e);
    if (rc == 0)
        rc = get_hex(doc, "release", n->release, sizeof n->release, e);
    if (rc == 0)
        rc = get_hex(doc, "key", n->key.point, sizeof n->key.point, e);
    return rc;
}

int note_text_decode(const void *data, size_t len, struct note *ret, struct err *e)
{
    struct note n = {.sequence = 0};
    struct json *doc = NULL;
    int rc = json_parse(data, len, TEXT_MAX, &doc, e);

    if (rc == 0)
        rc = get_all(doc, &n, e);
    json_free(doc);
    if (rc == 0)
        rc = public_key_check(&n.key, e);
    if (rc == 0)
        *ret = n;
    return err_wrap(e, rc, "the terminal's note");
}

/* --- a copy ----------------------------------------------------------------------------------------------------------- */

static int put_copy(const struct buf *text, const uint8_t *sig, size_t sig_len, uint8_t out[NOTE_COPY_BYTES], struct err *e)
{
    struct buf copy;

    buf_init(&copy, NOTE_COPY_BYTES);
    buf_adds(&copy, PREFIX);
    buf_add_be16(&copy, (uint16_t)text->len);
    buf_add_be16(&copy, (uint16_t)sig_len);
    buf_add(&copy, text->data, text->len);
    buf_add(&copy, sig, sig_len);
    bool fits = buf_ok(&copy);
    if (fits) {
        memset(out, 0, NOTE_COPY_BYTES);
        memcpy(out, copy.data, copy.len);
    }
    buf_finish(&copy);
    return fits ? 0 : err_set(e, ERR_TOOLONG, "it does not fit into %d bytes", NOTE_COPY_BYTES);
}

int note_encode(struct note *n, const struct private_key *k, uint8_t out[NOTE_COPY_BYTES], struct err *e)
{
    uint8_t sig[SIGNATURE_MAX];
    struct note check = {.sequence = 0};
    size_t sig_len = 0;
    struct buf text;

    key_public(k, &n->key);
    buf_init(&text, TEXT_MAX);
    int rc = note_text_encode(n, &text) < 0 ? err_set(e, ERR_TOOLONG, "its text is too long") : 0;
    if (rc == 0)
        rc = note_text_decode(text.data, text.len, &check, e);
    if (rc == 0)
        rc = sign_message(k, PREFIX, text.data, text.len, sig, &sig_len, e);
    if (rc == 0)
        rc = put_copy(&text, sig, sig_len, out, e);
    buf_finish(&text);
    return err_wrap(e, rc, "write the terminal's note");
}

static bool zeros(const uint8_t copy[NOTE_COPY_BYTES])
{
    return !copy[0] && !memcmp(copy, copy + 1, NOTE_COPY_BYTES - 1);
}

int note_decode(const uint8_t copy[NOTE_COPY_BYTES], struct note *ret, struct err *e)
{
    const uint8_t *lengths = copy + sizeof PREFIX - 1, *text = copy + HEAD_LEN;
    struct note n = {.sequence = 0};

    if (zeros(copy))
        return err_set(e, ERR_NOTFOUND, "there is no note: no terminal was enrolled on this disk");
    size_t len = be16(lengths), sig_len = be16(lengths + 2);
    if (memcmp(copy, PREFIX, sizeof PREFIX - 1) || len > TEXT_MAX || sig_len > SIGNATURE_MAX)
        return err_set(e, ERR_INVALID, "what stands there is no terminal's note");
    int rc = note_text_decode(text, len, &n, e);
    if (rc == 0)
        rc = err_wrap(e, verify_message(&n.key, PREFIX, text, len, text + len, sig_len, e), "the terminal's note");
    if (rc == 0)
        *ret = n;
    return rc;
}

int note_choose(const uint8_t one[NOTE_COPY_BYTES], const uint8_t other[NOTE_COPY_BYTES], struct note *ret, struct err *e)
{
    struct note n = {.sequence = 0};
    int rc = note_decode(one, ret, e);
    int rc_other = note_decode(other, &n, rc == -ERR_NOTFOUND ? e : NULL);

    if (rc == 0 && rc_other == 0 && n.sequence > ret->sequence)
        *ret = n;
    if (rc == 0 || rc_other < 0)
        return rc == -ERR_NOTFOUND ? rc_other : rc;
    *ret = n;
    return 0;
}
