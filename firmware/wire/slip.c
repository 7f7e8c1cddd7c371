/* SPDX-License-Identifier: Apache-2.0
 *
 * See slip.h.
 */
#include "wire/slip.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/terminal.h"

#define PREFIX "tongban-slip-v1\n"
#define WORDS 8
#define DIGITS "0123456789"
#define VERSION_LETTERS DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+~"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static int put_bytes(struct buf *out, const uint8_t *data, size_t len)
{
    uint32_t bits = 0;
    int n = 0;

    for (size_t i = 0; i < len; i++) {
        bits = bits << 8 | data[i];
        for (n += 8; n >= 6; n -= 6)
            buf_addc(out, (uint8_t)letters[bits >> (n - 6) & 63]);
    }
    if (n > 0)
        buf_addc(out, (uint8_t)letters[bits << (6 - n) & 63]);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

/* One spelling for each value: bits that no byte takes are zero. */
static bool get_bytes(const char *word, uint8_t *out, size_t cap, size_t *ret_len)
{
    uint32_t bits = 0;
    size_t len = 0;
    int n = 0;

    for (const char *p = word; *p; p++) {
        const char *at = strchr(letters, *p);
        if (!at)
            return false;
        bits = bits << 6 | (uint32_t)(at - letters);
        n += 6;
        if (n < 8)
            continue;
        if (len == cap)
            return false;
        n -= 8;
        out[len++] = (uint8_t)(bits >> n);
    }
    *ret_len = len;
    return n < 6 && (bits & ((1u << n) - 1)) == 0;
}

/* All but the signature. */
static int put_claim(const struct slip_claim *s, struct buf *out)
{
    const struct machine *m = &s->machine;

    buf_addf(out, "TB1 %s %s %c %" PRId64 " %s ", s->terminal, m->version[0] ? m->version : "-", m->slot, s->minute,
             s->ready ? "y" : "n");
    return m->imaged ? put_bytes(out, m->image, sizeof m->image) : buf_adds(out, "-");
}

static int message(const struct slip_claim *s, const uint8_t epoch[EPOCH_LEN], struct buf *out)
{
    buf_init(out, SLIP_TEXT_MAX + 1 + EPOCH_LEN);
    put_claim(s, out);
    buf_addc(out, '\n');
    return buf_add(out, epoch, EPOCH_LEN);
}

int slip_sign(const struct private_key *k, const uint8_t epoch[EPOCH_LEN], struct slip_claim *s, struct err *e)
{
    struct buf text;
    int rc = message(s, epoch, &text);

    rc = rc < 0 ? err_set(e, ERR_TOOLONG, "the slip") : sign_message(k, PREFIX, text.data, text.len, s->sig, &s->sig_len, e);
    buf_finish(&text);
    return rc;
}

int slip_verify(const struct public_key *k, const uint8_t epoch[EPOCH_LEN], const struct slip_claim *s, struct err *e)
{
    struct buf text;
    int rc = message(s, epoch, &text);

    rc = rc < 0 ? err_set(e, ERR_TOOLONG, "the slip")
                : verify_message(k, PREFIX, text.data, text.len, s->sig, s->sig_len, e);
    buf_finish(&text);
    return rc;
}

int slip_encode(const struct slip_claim *s, struct buf *out)
{
    put_claim(s, out);
    buf_addc(out, ' ');
    return put_bytes(out, s->sig, s->sig_len);
}

static bool get_version(const char *word, struct machine *m)
{
    if (!strcmp(word, "-"))
        return true;
    return strspn(word, VERSION_LETTERS) == strlen(word) && text_copy(m->version, sizeof m->version, word);
}

static bool get_image(const char *word, struct machine *m)
{
    size_t len;

    if (!strcmp(word, "-"))
        return true;
    m->imaged = true;
    return get_bytes(word, m->image, sizeof m->image, &len) && len == sizeof m->image;
}

static bool get_minute(const char *word, struct slip_claim *s)
{
    size_t len = strlen(word);

    return len >= 1 && len <= 8 && strspn(word, DIGITS) == len && (word[0] != '0' || len == 1) &&
           sscanf(word, "%" SCNd64, &s->minute) == 1;
}

static bool get_words(const char *const word[WORDS], struct slip_claim *s)
{
    bool slot = !strcmp(word[3], "a") || !strcmp(word[3], "b") || !strcmp(word[3], "-");

    s->machine.slot = slot ? word[3][0] : '-';
    s->ready = !strcmp(word[5], "y");
    return !strcmp(word[0], "TB1") && terminal_id_valid(word[1]) && text_copy(s->terminal, sizeof s->terminal, word[1]) &&
           get_version(word[2], &s->machine) && slot && get_minute(word[4], s) && (s->ready || !strcmp(word[5], "n")) &&
           get_image(word[6], &s->machine) && get_bytes(word[7], s->sig, sizeof s->sig, &s->sig_len) && s->sig_len > 0;
}

int slip_decode(const void *data, size_t len, struct slip_claim *ret, struct err *e)
{
    char text[SLIP_TEXT_MAX + 1];
    const char *word[WORDS] = {text};
    struct slip_claim s = {.minute = 0};
    int n = 1;

    if (len > 0 && ((const char *)data)[len - 1] == '\n')
        len--;
    if (len > SLIP_TEXT_MAX || memchr(data, '\0', len))
        return err_set(e, ERR_INVALID, "this is not the code of a slip");
    memcpy(text, data, len);
    text[len] = '\0';
    for (char *p = text; (p = strchr(p, ' ')) && n <= WORDS; n++) {
        *p++ = '\0';
        if (n < WORDS)
            word[n] = p;
    }
    if (n != WORDS || !get_words(word, &s))
        return err_set(e, ERR_INVALID, "this is not the code of a slip, or not all of it");
    *ret = s;
    return 0;
}
