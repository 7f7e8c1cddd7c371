/* SPDX-License-Identifier: Apache-2.0
 *
 * What flash decodes, any bytes; the first says as what: a block map, an image's manifest, a medium's label, a FAT file
 * system, a record. What is read must be written and read again the same.
 */
#include "tests/fuzz/again.h"
#include "tools/flash/bmap_wire.h"
#include "tools/flash/fat.h"
#include "tools/flash/image_wire.h"
#include "tools/flash/label_wire.h"
#include "tools/flash/paper.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(manifest, struct image_manifest, image_manifest_decode(bytes, len, value, NULL),
      image_manifest_encode(value, out, NULL), 4096)

static void map(const uint8_t *data, size_t size)
{
    static struct bmap one, two;
    struct buf out;

    if (bmap_decode(data, size, &one, NULL) != 0)
        return;
    buf_init(&out, BMAP_FILE_MAX);
    if (bmap_encode(&one, &out, NULL) != 0 || bmap_decode(out.data, out.len, &two, NULL) != 0 || one.n != two.n ||
        one.used != two.used || memcmp(one.ranges, two.ranges, one.n * sizeof *one.ranges) != 0)
        abort();
    buf_finish(&out);
}

static void label(const uint8_t *data, size_t size)
{
    uint8_t block[DISK_BLOCK] = {0}, again[DISK_BLOCK];
    struct label one, two;

    memcpy(block, data, size < sizeof block ? size : sizeof block);
    if (label_decode(block, &one) != 0)
        return;
    label_encode(&one, again);
    if (label_decode(again, &two) != 0 || memcmp(&one, &two, sizeof one) != 0)
        abort();
}

struct bytes {
    const uint8_t *data;
    size_t size;
};

/* Behind its end it goes on from the beginning: a small input is a large file system. */
static int read_bytes(void *ctx, uint64_t at, void *out, size_t len)
{
    const struct bytes *b = ctx;

    for (size_t i = 0; i < len; i++)
        ((uint8_t *)out)[i] = b->data[(at + i) % b->size];
    return at > 1 << 20 ? -ERR_INVALID : 0;
}

static void fat(const uint8_t *data, size_t size)
{
    struct bytes b = {data, size};
    struct fat_tally t = {0};

    if (size >= 512)
        fat_count(read_bytes, &b, &t);
}

static void record(const uint8_t *data, size_t size)
{
    struct buf out;

    buf_init(&out, 1 << 20);
    paper_decode(data, size, "7QM4-2KXD", &out, NULL);
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    switch (data[0]) {
    case 'm':
        map(data + 1, size - 1);
        break;
    case 'i':
        manifest(data + 1, size - 1);
        break;
    case 'l':
        label(data + 1, size - 1);
        break;
    case 'f':
        fat(data + 1, size - 1);
        break;
    default:
        record(data + 1, size - 1);
    }
    return 0;
}
