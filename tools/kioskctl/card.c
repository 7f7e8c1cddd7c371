/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl card decode: what the reader's driver makes of a card's text, without a reader.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/secret.h"
#include "drivers/idcard/card_text.h"
#include "tools/kioskctl/kioskctl.h"

#define FILE_MAX 4096 /* 512 digits, and whatever spaces and line ends somebody put between */

#define COMMAND "kioskctl card"

static const char help[] =
    "kioskctl card decode FILE [--json]\n\n"
    "The fields of an identity card's text. FILE holds 256 bytes as the reader sends them, or 512\n"
    "hexadecimal digits; spaces and line ends between them do not matter. /dev/stdin reads standard input.\n"
    "Exit: 0 decoded, 1 it is no text of a known card, 3 FILE cannot be read.\n";

static const char *check_word(enum identity_fault fault)
{
    switch (fault) {
    case IDENTITY_OK:
        return "ok";
    case IDENTITY_EXPIRED:
        return "expired";
    case IDENTITY_NOT_YET:
        return "not-yet-valid";
    case IDENTITY_BAD_NUMBER:
        return "bad-number";
    }
    return "";
}

/* Raw bytes, or digits with space between. */
static int read_text(const struct buf *file, uint8_t out[CARD_TEXT_LEN], struct err *e)
{
    char digits[2 * CARD_TEXT_LEN + 1];
    size_t n = 0, len = 0;

    if (file->len == CARD_TEXT_LEN) {
        memcpy(out, file->data, CARD_TEXT_LEN);
        return 0;
    }
    for (size_t i = 0; i < file->len; i++)
        if (!isspace(file->data[i]) && n < sizeof digits)
            digits[n++] = (char)file->data[i];
    int rc = n == 2 * CARD_TEXT_LEN ? hex_decode(digits, n, out, CARD_TEXT_LEN, &len) : -ERR_INVALID;
    secret_wipe(digits, sizeof digits);
    return rc ? err_set(e, ERR_INVALID, "a card's text is 256 bytes or 512 hexadecimal digits; this is neither") : 0;
}

static void write_some(struct jsonw *w, const char *key, const char *value)
{
    if (*value)
        jsonw_str(w, key, value);
}

static void write_day(struct jsonw *w, const char *key, struct date d)
{
    char text[DATE_LEN + 1];

    date_format(d, text);
    jsonw_str(w, key, text);
}

/* Fields a kind of card does not have are left out. */
static void write_fields(struct jsonw *w, const struct identity *id)
{
    char sex[2] = {id->sex, 0};

    jsonw_str(w, "kind", identity_kind_word(id->kind));
    write_some(w, "name", id->name);
    write_some(w, "name_latin", id->name_latin);
    write_some(w, "sex", sex);
    write_some(w, "nation", id->nation);
    write_some(w, "nation_name", identity_nation_name(id->nation));
    write_some(w, "nationality", id->nationality);
    write_day(w, "birth", id->birth);
    write_some(w, "address", id->address);
    jsonw_str(w, "number", id->number);
    write_some(w, "authority", id->authority);
    write_day(w, "valid_from", id->valid_from);
    if (!id->long_term)
        write_day(w, "valid_to", id->valid_to);
    jsonw_bool(w, "long_term", id->long_term);
    write_some(w, "permit", id->permit);
    write_some(w, "issue_count", id->issue_count);
    jsonw_str(w, "check", check_word(identity_check(id, date_of_ms(clock_wall_ms()))));
}

/* The same fields for people: one a line. */
static void print_lines(const struct buf *json)
{
    struct json *doc;

    if (json_parse(json->data, json->len, JSON_SIZE_MAX, &doc, NULL))
        return;
    for (size_t i = 0; json_key(doc, i); i++) {
        const struct json *value = json_member(doc, json_key(doc, i));
        printf("%-12s %s\n", json_key(doc, i), json_is_str(value) ? json_str(value) : json_bool(value) ? "yes" : "no");
    }
    json_free(doc);
}

static int show(const struct identity *id, bool json)
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, JSON_SIZE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    write_fields(&w, id);
    jsonw_end(&w);
    if (json)
        return kioskctl_print(&b, EXIT_OK);
    print_lines(&b);
    buf_finish(&b);
    return EXIT_OK;
}

static int decode(const struct buf *file, bool json)
{
    struct identity *id = secret_alloc(sizeof *id);
    uint8_t text[CARD_TEXT_LEN];
    struct err e = {0};

    int rc = read_text(file, text, &e);
    if (rc == 0)
        rc = card_text_decode(text, id, &e);
    int code = rc ? kioskctl_fail(&e, EXIT_BAD) : show(id, json);
    secret_wipe(text, sizeof text);
    secret_free(id, sizeof *id);
    return code;
}

int kioskctl_card(int argc, char **argv)
{
    bool json = false;
    const struct option_word options[] = {{"--json", NULL, &json}, {NULL, NULL, NULL}};
    const char *words[2];
    struct err e = {0};
    struct buf file;
    int n;

    int code = options_read(COMMAND, argc, argv, help, options, words, 2, &n);
    if (code >= 0)
        return code;
    if (n != 2 || strcmp(words[0], "decode"))
        return options_wrong(COMMAND, "it takes the word decode and one file");
    if (fs_read_given(words[1], FILE_MAX, &file, &e))
        return kioskctl_fail(&e, EXIT_CANNOT);
    code = decode(&file, json);
    buf_finish(&file);
    return code;
}
