/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys and values are "KEY:value;", the languages of CMD or COMMAND SET stand between commas, and versions may follow a
 * name: "ZPL:2", "TSPL2", "PCL5e". What nobody knows decides nothing.
 */
#include "drivers/printer/device_id.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define HEAD 2 /* bytes of length */

struct span {
    const char *at;
    size_t n;
};

static const struct {
    const char *name;
    enum device_id_kind kind;
} languages[] = {
    {"ESC/POS", DEVICE_ID_RECEIPT}, {"ESCPOS", DEVICE_ID_RECEIPT}, {"EPOS", DEVICE_ID_RECEIPT},
    {"POS", DEVICE_ID_RECEIPT},     {"TSPL", DEVICE_ID_LABEL},     {"ZPL", DEVICE_ID_LABEL},
    {"EPL", DEVICE_ID_LABEL},       {"EZPL", DEVICE_ID_LABEL},     {"CPCL", DEVICE_ID_LABEL},
    {"DPL", DEVICE_ID_LABEL},       {"IPL", DEVICE_ID_LABEL},      {"PPLA", DEVICE_ID_LABEL},
    {"PPLB", DEVICE_ID_LABEL},      {"PPLZ", DEVICE_ID_LABEL},     {"SBPL", DEVICE_ID_LABEL},
    {"FBPL", DEVICE_ID_LABEL},      {"PCL", DEVICE_ID_PAGE},       {"PJL", DEVICE_ID_PAGE},
    {"POSTSCRIPT", DEVICE_ID_PAGE}, {"PDF", DEVICE_ID_PAGE},       {"URF", DEVICE_ID_PAGE},
    {"PWG", DEVICE_ID_PAGE},        {"ESCPL", DEVICE_ID_PAGE},     {"XPS", DEVICE_ID_PAGE},
};
#define N_LANGUAGES (sizeof languages / sizeof *languages)

/* The next part up to `end`, white space around it cut off; false when nothing is left. */
static bool next(struct span *rest, char end, struct span *ret)
{
    const char *stop = rest->n ? memchr(rest->at, end, rest->n) : NULL;
    size_t n = stop ? (size_t)(stop - rest->at) : rest->n;

    if (!rest->n)
        return false;
    *ret = (struct span){rest->at, n};
    rest->at += stop ? n + 1 : n;
    rest->n -= stop ? n + 1 : n;
    while (ret->n && *ret->at == ' ') {
        ret->at++;
        ret->n--;
    }
    while (ret->n && ret->at[ret->n - 1] == ' ')
        ret->n--;
    return true;
}

static bool is(const struct span *s, const char *word)
{
    return s->n == strlen(word) && !strncasecmp(s->at, word, s->n);
}

/* The name and nothing behind it but a version: PCL, PCL5e and PCL-XL, but not PCLAB. */
static bool names(const struct span *s, const char *name)
{
    size_t n = strlen(name);

    return s->n >= n && !strncasecmp(s->at, name, n) &&
           (s->n == n || !((s->at[n] >= 'A' && s->at[n] <= 'Z') || (s->at[n] >= 'a' && s->at[n] <= 'z')));
}

/* What a list of languages says: RECEIPT beats all, else the first that is known. */
static enum device_id_kind of_list(struct span list, const char **ret_language)
{
    enum device_id_kind kind = DEVICE_ID_RECEIPT;
    struct span one;

    *ret_language = NULL;
    while (next(&list, ',', &one))
        for (size_t i = 0; i < N_LANGUAGES; i++) {
            if (!names(&one, languages[i].name))
                continue;
            if (languages[i].kind == DEVICE_ID_RECEIPT) {
                *ret_language = NULL;
                return DEVICE_ID_RECEIPT;
            }
            if (!*ret_language) {
                *ret_language = languages[i].name;
                kind = languages[i].kind;
            }
        }
    return kind;
}

enum device_id_kind device_id_kind(const uint8_t *id, size_t len, const char **ret_language)
{
    struct span rest, pair, key;

    *ret_language = NULL;
    if (len <= HEAD)
        return DEVICE_ID_RECEIPT;
    rest = (struct span){(const char *)id + HEAD, strnlen((const char *)id + HEAD, len - HEAD)};
    while (next(&rest, ';', &pair)) {
        if (next(&pair, ':', &key) && (is(&key, "CMD") || is(&key, "COMMAND SET")))
            return of_list(pair, ret_language);
    }
    return DEVICE_ID_RECEIPT;
}
