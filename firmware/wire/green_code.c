/* SPDX-License-Identifier: Apache-2.0
 *
 * See green_code.h.
 */
#include "wire/green_code.h"

#include <stdio.h>
#include <string.h>

#define PREFIX "tongban-green-v1\n"
#define WORDS 6

static int put_card(const struct green_card *c, struct buf *out)
{
    char until[DATE_LEN + 1];

    date_format(c->until, until);
    return buf_addf(out, "TBG1 %04d %s %s %s", c->office, c->serial, green_kind_word(c->kind), until);
}

int green_code_sign(const struct private_key *k, struct green_code *c, struct err *e)
{
    struct buf text;

    buf_init(&text, GREEN_CODE_MAX);
    int rc = put_card(&c->card, &text);
    rc = rc < 0 ? err_set(e, ERR_TOOLONG, "the code of the card")
                : sign_message(k, PREFIX, text.data, text.len, c->sig, &c->sig_len, e);
    buf_finish(&text);
    return rc;
}

int green_code_verify(const struct manifest_role *hall, const struct green_code *c, struct err *e)
{
    struct buf text;
    bool good = false;

    buf_init(&text, GREEN_CODE_MAX);
    put_card(&c->card, &text);
    for (size_t i = 0; i < hall->n && buf_ok(&text) && !good; i++)
        good = verify_message(&hall->keys[i], PREFIX, text.data, text.len, c->sig, c->sig_len, NULL) == 0;
    buf_finish(&text);
    return good ? 0 : err_set(e, ERR_SIGNATURE, "no key of the hall's word has signed this card");
}

int green_code_encode(const struct green_code *c, struct buf *out)
{
    put_card(&c->card, out);
    buf_addc(out, ' ');
    return buf_add_hex(out, c->sig, c->sig_len);
}

static bool get_office(const char *word, struct green_card *c)
{
    if (strlen(word) != 4 || strspn(word, "0123456789") != 4)
        return false;
    sscanf(word, "%d", &c->office);
    return true;
}

static bool get_until(const char *word, struct green_card *c)
{
    char again[DATE_LEN + 1];

    if (sscanf(word, "%4d-%2d-%2d", &c->until.year, &c->until.month, &c->until.day) != 3 || !date_valid(c->until))
        return false;
    date_format(c->until, again);
    return strcmp(word, again) == 0;
}

static bool get_serial(const char *word, struct green_card *c)
{
    if (!green_serial_valid(word))
        return false;
    memcpy(c->serial, word, sizeof c->serial);
    return true;
}

/* Small digits alone: one spelling. */
static bool get_sig(const char *word, struct green_code *c)
{
    return strspn(word, "0123456789abcdef") == strlen(word) &&
           hex_decode(word, strlen(word), c->sig, sizeof c->sig, &c->sig_len) == 0 && c->sig_len > 0;
}

int green_code_decode(const void *data, size_t len, struct green_code *ret, struct err *e)
{
    char text[GREEN_CODE_MAX + 1];
    const char *bytes = data, *word[WORDS] = {text};
    struct green_code c = {.sig_len = 0};
    int n = 1;

    if (len > 0 && bytes[len - 1] == '\n')
        len--;
    if (len > 0 && bytes[len - 1] == '\r')
        len--;
    if (len < 1 || len > GREEN_CODE_MAX || memchr(bytes, '\0', len))
        return err_set(e, ERR_INVALID, "this is not the code of a green-channel card");
    memcpy(text, bytes, len);
    text[len] = '\0';
    for (char *p = text; (p = strchr(p, ' ')) && n <= WORDS; n++) {
        *p++ = '\0';
        if (n < WORDS)
            word[n] = p;
    }
    if (n != WORDS || strcmp(word[0], "TBG1") != 0 || !get_office(word[1], &c.card) || !get_serial(word[2], &c.card) ||
        !green_kind_by_word(word[3], &c.card.kind) || !get_until(word[4], &c.card) || !get_sig(word[5], &c))
        return err_set(e, ERR_INVALID, "this is not the code of a green-channel card, or not all of it");
    *ret = c;
    return 0;
}
