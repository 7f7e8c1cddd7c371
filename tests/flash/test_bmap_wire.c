/* SPDX-License-Identifier: Apache-2.0
 *
 * Block maps as bmaptool 3.6 writes them, and each way in which one may be wrong.
 */
#include "tools/flash/bmap_wire.h"

#include "test.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* With bmaptool's comments and its spaces. */
static const char good[] =
    "<?xml version=\"1.0\" ?>\n<!-- This file contains the block map for an image file -->\n\n<bmap version=\"2.0\">\n"
    "    <!-- Image size in bytes: 40.0 KiB -->\n    <ImageSize> 40000 </ImageSize>\n\n"
    "    <BlockSize> 4096 </BlockSize>\n    <BlocksCount> 10 </BlocksCount>\n\n"
    "    <MappedBlocksCount> 5     </MappedBlocksCount>\n    <ChecksumType> sha256 </ChecksumType>\n"
    "    <BmapFileChecksum> " HASH " </BmapFileChecksum>\n    <BlockMap>\n"
    "        <Range chksum=\"" HASH "\"> 0-2 </Range>\n        <Range chksum=\"" HASH "\"> 5 </Range>\n"
    "        <Range chksum=\"" HASH "\"> 9 </Range>\n    </BlockMap>\n</bmap>\n";

static struct bmap map;

static int decode(const char *text)
{
    return bmap_decode(text, strlen(text), &map, NULL);
}

TEST(as_bmaptool_writes_it)
{
    CHECK_INT(decode(good), 0);
    CHECK_INT(map.image_size, 40000);
    CHECK_INT(map.n, 3);
    CHECK_INT(map.ranges[0].first, 0);
    CHECK_INT(map.ranges[0].last, 2);
    CHECK_INT(map.ranges[1].last, 5);
    CHECK_INT(map.ranges[2].sha256[1], 0x23);
    CHECK_INT(bmap_start(&map.ranges[1]), 5 * 4096);
    CHECK_INT(bmap_length(&map, &map.ranges[0]), 3 * 4096);
    CHECK_INT(bmap_length(&map, &map.ranges[2]), 40000 - 9 * 4096); /* the image ends within it */
    CHECK_INT(map.used, 4 * 4096 + 40000 - 9 * 4096);
}

/* The good one with one thing replaced. */
static int changed(const char *from, const char *to)
{
    static char text[sizeof good + 256];
    const char *at = strstr(good, from);

    CHECK(at != NULL);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
    return decode(text);
}

TEST(refused)
{
    CHECK_INT(changed("\"2.0\"", "\"1.3\""), -ERR_INVALID);
    CHECK_INT(changed("sha256", "sha1"), -ERR_INVALID);
    CHECK_INT(changed("> 0-2 <", "> 0-3 <"), -ERR_INVALID); /* one block more than it says */
    CHECK_INT(changed("> 5 <", "> 2 <"), -ERR_INVALID);     /* over another */
    CHECK_INT(changed("> 9 <", "> 10 <"), -ERR_INVALID);    /* behind the end */
    CHECK_INT(changed("> 0-2 <", "> 2-0 <"), -ERR_INVALID);
    CHECK_INT(changed("> 0-2 <", "> -2 <"), -ERR_INVALID);
    CHECK_INT(changed("> 0-2 <", "> 0-99999999999999999999 <"), -ERR_INVALID);
    CHECK_INT(changed("> 40000 <", "> 0 <"), -ERR_RANGE);
    CHECK_INT(changed("> 40000 <", "> 4e4 <"), -ERR_INVALID);
    CHECK_INT(changed("> 4096 <", "> 512 <"), -ERR_RANGE);
    CHECK_INT(changed("> 10 <", "> 11 <"), -ERR_INVALID);
    CHECK_INT(changed("chksum=\"01", "chksum=\""), -ERR_INVALID);
    CHECK_INT(changed("</bmap>\n", ""), -ERR_INVALID);
    CHECK_INT(changed("</bmap>\n", "</bmap> more"), -ERR_INVALID);
    CHECK_INT(changed("<BlockSize> 4096 </BlockSize>", ""), -ERR_INVALID);
    CHECK_INT(decode(""), -ERR_INVALID);
}

/* Cut anywhere it is refused, and nothing is read behind the end. */
TEST(cut)
{
    for (size_t i = 0; i < sizeof good - 2; i++) {
        char *part = malloc(i + 1);
        memcpy(part, good, i);
        CHECK(bmap_decode(part, i, &map, NULL) < 0);
        free(part);
    }
}

TEST(written_and_read)
{
    static struct bmap same;
    struct buf out;

    buf_init(&out, BMAP_FILE_MAX);
    CHECK_INT(decode(good), 0);
    CHECK_INT(bmap_encode(&map, &out, NULL), 0);
    CHECK_INT(bmap_decode(out.data, out.len, &same, NULL), 0);
    CHECK_INT(same.n, map.n);
    CHECK_MEM(same.ranges, map.ranges, map.n * sizeof *map.ranges);
    buf_finish(&out);
}

TEST_MAIN(T(as_bmaptool_writes_it), T(refused), T(cut), T(written_and_read))
