/* SPDX-License-Identifier: Apache-2.0
 *
 * See bmap_wire.h. What bmaptool writes is a small part of XML, and this reads no more than that.
 */
#include "tools/flash/bmap_wire.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#define WORD_MAX 32

struct cursor {
    const char *at, *end;
};

/* One element: <name attribute="value"> text </name>; text and value point into the file. */
struct element {
    char name[WORD_MAX];
    const char *value, *text;
    size_t value_len, text_len;
};

static bool starts(const struct cursor *c, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(c->end - c->at) >= n && !memcmp(c->at, word, n);
}

static bool skip_to(struct cursor *c, const char *word)
{
    const char *found = memmem(c->at, (size_t)(c->end - c->at), word, strlen(word));

    if (found)
        c->at = found + strlen(word);
    return found;
}

static void skip_space(struct cursor *c)
{
    while (c->at < c->end && isspace((unsigned char)*c->at))
        c->at++;
}

/* Space, comments and the declaration between elements. */
static bool skip_between(struct cursor *c)
{
    for (skip_space(c); starts(c, "<!--") || starts(c, "<?"); skip_space(c))
        if (!skip_to(c, starts(c, "<?") ? "?>" : "-->"))
            return false;
    return true;
}

static bool take(struct cursor *c, const char *word)
{
    if (!starts(c, word))
        return false;
    c->at += strlen(word);
    return true;
}

static bool take_name(struct cursor *c, char out[WORD_MAX])
{
    size_t n = 0;

    while (c->at < c->end && isalpha((unsigned char)*c->at) && n + 1 < WORD_MAX)
        out[n++] = *c->at++;
    out[n] = 0;
    return n > 0;
}

/* The start tag, with at most one attribute; its name is of no matter. */
static bool take_start(struct cursor *c, struct element *ret)
{
    char attribute[WORD_MAX];

    if (!skip_between(c) || !take(c, "<") || !take_name(c, ret->name))
        return false;
    ret->value = "";
    ret->value_len = 0;
    skip_space(c);
    if (take(c, ">"))
        return true;
    if (!take_name(c, attribute) || !take(c, "=\""))
        return false;
    ret->value = c->at;
    if (!skip_to(c, "\""))
        return false;
    ret->value_len = (size_t)(c->at - 1 - ret->value);
    skip_space(c);
    return take(c, ">");
}

/* A whole element without others in it; its text without the space around. */
static bool take_element(struct cursor *c, struct element *ret)
{
    char name[WORD_MAX];

    if (!take_start(c, ret))
        return false;
    skip_space(c);
    ret->text = c->at;
    if (!skip_to(c, "</"))
        return false;
    ret->text_len = (size_t)(c->at - 2 - ret->text);
    while (ret->text_len && isspace((unsigned char)ret->text[ret->text_len - 1]))
        ret->text_len--;
    return take_name(c, name) && !strcmp(name, ret->name) && take(c, ">");
}

static bool number(const char *text, size_t len, uint64_t *ret)
{
    uint64_t v = 0;

    for (size_t i = 0; i < len; i++) {
        if (!isdigit((unsigned char)text[i]) || v > BMAP_IMAGE_MAX)
            return false;
        v = 10 * v + (uint64_t)(text[i] - '0');
    }
    *ret = v;
    return len > 0;
}

static bool is(const char *text, size_t len, const char *word)
{
    return len == strlen(word) && !memcmp(text, word, len);
}

/* "17-42" or "17", after the range before it. */
static bool range_text(const struct bmap *b, const char *text, size_t len, struct bmap_range *r)
{
    const char *dash = memchr(text, '-', len);
    size_t first = dash ? (size_t)(dash - text) : len;

    if (!number(text, first, &r->first))
        return false;
    r->last = r->first;
    if (dash && !number(dash + 1, len - first - 1, &r->last))
        return false;
    if (r->last < r->first || r->last >= (b->image_size + BMAP_BLOCK - 1) / BMAP_BLOCK)
        return false;
    return b->n == 0 || r->first > b->ranges[b->n - 1].last;
}

static int take_ranges(struct cursor *c, struct bmap *b, struct err *e)
{
    struct element el;
    size_t n;

    for (b->n = 0; skip_between(c) && !take(c, "</BlockMap>"); b->n++) {
        if (b->n == BMAP_RANGES_MAX)
            return err_set(e, ERR_TOOLONG, "the block map has more than %d ranges", BMAP_RANGES_MAX);
        struct bmap_range *r = &b->ranges[b->n];
        if (!take_element(c, &el) || strcmp(el.name, "Range") || !range_text(b, el.text, el.text_len, r) ||
            hex_decode(el.value, el.value_len, r->sha256, SHA256_LEN, &n) || n != SHA256_LEN)
            return err_set(e, ERR_INVALID, "range %zu of the block map", b->n + 1);
        b->used += bmap_length(b, r);
    }
    return b->n ? 0 : err_set(e, ERR_INVALID, "the block map has no range");
}

/* The figures in front of the map, in the order bmaptool has them. */
static int take_figures(struct cursor *c, struct bmap *b, uint64_t *ret_mapped, struct err *e)
{
    static const char *const names[] = {"ImageSize",         "BlockSize",    "BlocksCount",
                                        "MappedBlocksCount", "ChecksumType", "BmapFileChecksum"};
    uint64_t v[4];
    struct element el;

    for (int i = 0; i < 6; i++) {
        if (!take_element(c, &el) || strcmp(el.name, names[i]))
            return err_set(e, ERR_INVALID, "the block map has no %s where it belongs", names[i]);
        if (i < 4 && !number(el.text, el.text_len, &v[i]))
            return err_set(e, ERR_INVALID, "%s of the block map is no number", names[i]);
        if (i == 4 && !is(el.text, el.text_len, "sha256"))
            return err_set(e, ERR_INVALID, "the block map's hashes are not sha256");
    }
    b->image_size = v[0];
    *ret_mapped = v[3];
    if (v[0] == 0 || v[0] > BMAP_IMAGE_MAX || v[1] != BMAP_BLOCK)
        return err_set(e, ERR_RANGE, "the block map's image or block has a size that is not dealt with");
    return v[2] == (v[0] + BMAP_BLOCK - 1) / BMAP_BLOCK ? 0
                                                        : err_set(e, ERR_INVALID, "BlocksCount of the block map is wrong");
}

static int take_map(struct cursor *c, struct bmap *b, struct err *e)
{
    uint64_t mapped = 0, found = 0;
    struct element el;

    int rc = take_figures(c, b, &mapped, e);
    if (rc < 0)
        return rc;
    if (!take_start(c, &el) || strcmp(el.name, "BlockMap"))
        return err_set(e, ERR_INVALID, "the block map has no BlockMap where it belongs");
    rc = take_ranges(c, b, e);
    for (size_t i = 0; rc == 0 && i < b->n; i++)
        found += b->ranges[i].last - b->ranges[i].first + 1;
    if (rc == 0 && found != mapped)
        rc = err_set(e, ERR_INVALID, "the block map's ranges are not as many blocks as it says");
    return rc;
}

int bmap_decode(const void *data, size_t len, struct bmap *ret, struct err *e)
{
    struct cursor c = {data, (const char *)data + len};
    struct element el;

    if (len > BMAP_FILE_MAX)
        return err_set(e, ERR_TOOLONG, "the block map is too long");
    ret->used = 0;
    if (!take_start(&c, &el) || strcmp(el.name, "bmap") || el.value_len < 2 || memcmp(el.value, "2.", 2))
        return err_set(e, ERR_INVALID, "it is no block map of version 2");
    int rc = take_map(&c, ret, e);
    if (rc == 0 && !(skip_between(&c) && take(&c, "</bmap>") && skip_between(&c) && c.at == c.end))
        rc = err_set(e, ERR_INVALID, "the block map has more than belongs into it");
    return rc;
}

uint64_t bmap_start(const struct bmap_range *r)
{
    return r->first * BMAP_BLOCK;
}

uint64_t bmap_length(const struct bmap *b, const struct bmap_range *r)
{
    uint64_t end = (r->last + 1) * BMAP_BLOCK;

    return (end < b->image_size ? end : b->image_size) - bmap_start(r);
}

/* The file's own checksum is made over the file with zeros in its place. */
static void put_checksum(struct buf *out, size_t start, size_t at)
{
    uint8_t hash[SHA256_LEN];
    char hex[2 * SHA256_LEN + 1];

    sha256(out->data + start, out->len - start, hash);
    hex_encode(hash, sizeof hash, hex);
    memcpy(out->data + at, hex, 2 * SHA256_LEN);
}

static void put_ranges(const struct bmap *b, struct buf *out)
{
    for (size_t i = 0; i < b->n; i++) {
        buf_adds(out, "        <Range chksum=\"");
        buf_add_hex(out, b->ranges[i].sha256, SHA256_LEN);
        buf_addf(out, "\"> %" PRIu64, b->ranges[i].first);
        if (b->ranges[i].last > b->ranges[i].first)
            buf_addf(out, "-%" PRIu64, b->ranges[i].last);
        buf_adds(out, " </Range>\n");
    }
}

int bmap_encode(const struct bmap *b, struct buf *out, struct err *e)
{
    size_t start = out->len;
    uint64_t mapped = 0;

    for (size_t i = 0; i < b->n; i++)
        mapped += b->ranges[i].last - b->ranges[i].first + 1;
    buf_addf(out, "<?xml version=\"1.0\" ?>\n<bmap version=\"2.0\">\n    <ImageSize> %" PRIu64 " </ImageSize>\n",
             b->image_size);
    buf_addf(out, "    <BlockSize> %d </BlockSize>\n    <BlocksCount> %" PRIu64 " </BlocksCount>\n", BMAP_BLOCK,
             (b->image_size + BMAP_BLOCK - 1) / BMAP_BLOCK);
    buf_addf(out, "    <MappedBlocksCount> %" PRIu64 " </MappedBlocksCount>\n", mapped);
    buf_adds(out, "    <ChecksumType> sha256 </ChecksumType>\n    <BmapFileChecksum> ");
    size_t at = out->len;
    buf_addf(out, "%0*d </BmapFileChecksum>\n    <BlockMap>\n", 2 * SHA256_LEN, 0);
    put_ranges(b, out);
    buf_adds(out, "    </BlockMap>\n</bmap>\n");
    if (!buf_ok(out))
        return err_set(e, ERR_TOOLONG, "write the block map");
    put_checksum(out, start, at);
    return 0;
}
