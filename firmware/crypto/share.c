/* SPDX-License-Identifier: Apache-2.0
 *
 * libgfshare does the sums and overwrites its own memory with what gfshare_fill_rand gives.
 */
#include "crypto/share.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <libgfshare.h>

#include "base/must.h"
#include "base/secret.h"
#include "crypto/hash.h"
#include "crypto/p256.h"
#include "crypto/random.h"

#define WORD "tongban-share-1"
#define CHECK_LEN 4

static void fill_random(unsigned char *out, unsigned len)
{
    random_bytes(out, len);
}

void share_split(const struct private_key *k, struct share ret[SHARES])
{
    unsigned char numbers[SHARES], secret[P256_SCALAR_LEN];
    struct public_key p;

    for (int i = 0; i < SHARES; i++)
        numbers[i] = (unsigned char)(i + 1);
    gfshare_fill_rand = fill_random;
    gfshare_ctx *g = gfshare_ctx_init_enc(numbers, SHARES, SHARES_NEEDED, sizeof secret);
    must(g, "out of memory");
    memcpy(secret, k->scalar, sizeof secret);
    gfshare_ctx_enc_setsecret(g, secret);
    key_public(k, &p);
    for (int i = 0; i < SHARES; i++) {
        public_key_id(&p, ret[i].id);
        ret[i].number = numbers[i];
        gfshare_ctx_enc_getshare(g, (unsigned char)i, ret[i].bytes);
    }
    gfshare_ctx_free(g);
    secret_wipe(secret, sizeof secret);
}

static int check_together(const struct share s[SHARES_NEEDED], struct err *e)
{
    for (int i = 0; i < SHARES_NEEDED; i++) {
        if (memcmp(s[i].id, s[0].id, sizeof s[0].id) != 0)
            return err_set(e, ERR_INVALID, "the shares are of several keys");
        for (int j = 0; j < i; j++)
            if (s[i].number == s[j].number)
                return err_set(e, ERR_INVALID, "share %d stands twice: %d different ones are needed", s[i].number,
                               SHARES_NEEDED);
    }
    return 0;
}

static bool is_named(const struct private_key *k, const uint8_t id[8])
{
    struct public_key p;
    uint8_t own[8];

    key_public(k, &p);
    public_key_id(&p, own);
    return memcmp(own, id, sizeof own) == 0;
}

int share_combine(const struct share s[SHARES_NEEDED], struct private_key **ret, struct err *e)
{
    unsigned char numbers[SHARES_NEEDED], secret[P256_SCALAR_LEN];
    struct private_key *k = NULL;
    struct share given;
    int rc = check_together(s, e);

    if (rc < 0)
        return rc;
    for (int i = 0; i < SHARES_NEEDED; i++)
        numbers[i] = (unsigned char)s[i].number;
    gfshare_fill_rand = fill_random;
    gfshare_ctx *g = gfshare_ctx_init_dec(numbers, SHARES_NEEDED, sizeof secret);
    must(g, "out of memory");
    for (int i = 0; i < SHARES_NEEDED; i++) {
        given = s[i];
        gfshare_ctx_dec_giveshare(g, (unsigned char)i, given.bytes);
    }
    gfshare_ctx_dec_extract(g, secret);
    gfshare_ctx_free(g);
    if (key_from_scalar(secret, &k, NULL) < 0 || !is_named(k, s[0].id)) {
        key_free(k);
        k = NULL;
        rc = err_set(e, ERR_KEY, "the shares do not give the key that they name: one of them is not genuine");
    }
    secret_wipe(secret, sizeof secret);
    secret_wipe(&given, sizeof given);
    *ret = k ? k : *ret;
    return rc;
}

/* --- as text --- */

static void add_check(const char *text, char out[2 * CHECK_LEN + 1])
{
    uint8_t hash[SHA256_LEN];

    sha256(text, strlen(text), hash);
    hex_encode(hash, CHECK_LEN, out);
}

void share_format(const struct share *s, char out[SHARE_LINE_MAX])
{
    char id[2 * sizeof s->id + 1], bytes[2 * sizeof s->bytes + 1], check[2 * CHECK_LEN + 1];

    hex_encode(s->id, sizeof s->id, id);
    hex_encode(s->bytes, sizeof s->bytes, bytes);
    int n = snprintf(out, SHARE_LINE_MAX, WORD " %s %d %s", id, s->number, bytes);
    add_check(out, check);
    snprintf(out + n, SHARE_LINE_MAX - (size_t)n, " %s", check);
    secret_wipe(bytes, sizeof bytes);
}

/* The five words, each at most as long as it is in a share; false when there are more or fewer. */
static bool read_words(const char *line, char id[17], char number[2], char bytes[65], char check[9])
{
    char word[16];
    int end = 0;

    return sscanf(line, "%15s %16s %1s %64s %8s %n", word, id, number, bytes, check, &end) == 5 && line[end] == '\0' &&
           strcmp(word, WORD) == 0;
}

int share_parse(const char *text, size_t len, struct share *ret, struct err *e)
{
    char line[SHARE_LINE_MAX + 32], again[SHARE_LINE_MAX], id[17], number[2], bytes[65], check[9], right[9];
    struct share s = {0};
    size_t n = 0;
    int rc = 0;

    if (len >= sizeof line || memchr(text, '\0', len))
        return err_set(e, ERR_INVALID, "it is no share of a key");
    memcpy(line, text, len);
    line[len] = '\0';
    if (!read_words(line, id, number, bytes, check) || number[0] < '1' || number[0] > '0' + SHARES ||
        hex_decode(id, strlen(id), s.id, sizeof s.id, &n) < 0 || n != sizeof s.id ||
        hex_decode(bytes, strlen(bytes), s.bytes, sizeof s.bytes, &n) < 0 || n != sizeof s.bytes)
        rc = err_set(e, ERR_INVALID, "it is no share of a key");
    if (rc == 0) {
        snprintf(again, sizeof again, WORD " %s %s %s", id, number, bytes);
        add_check(again, right);
        s.number = number[0] - '0';
        rc = strcmp(check, right) == 0
                 ? 0
                 : err_set(e, ERR_CHECKSUM, "share %s is mistyped: its last word does not fit", number);
        secret_wipe(again, sizeof again);
    }
    if (rc == 0)
        *ret = s;
    secret_wipe(line, sizeof line);
    secret_wipe(bytes, sizeof bytes);
    secret_wipe(&s, sizeof s);
    return rc;
}
