/* SPDX-License-Identifier: Apache-2.0
 *
 * What a machine says of its system, and what it must not be made to say.
 */
#include "base/machine.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static char dir[64];

static void put(const char *folder, const char *name, const char *text)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", dir, folder);
    CHECK_INT(fs_mkdirs(path, 0755, NULL), 0);
    snprintf(path, sizeof path, "%s/%s/%s", dir, folder, name);
    CHECK_INT(fs_write_atomic(path, text, strlen(text), 0644, NULL), 0);
}

static struct machine seen(const char *release, const char *slot, const char *cmdline)
{
    struct machine m;

    put("etc", "os-release", release);
    put("run", "tongban-slot", slot);
    put("proc", "cmdline", cmdline);
    machine_read(dir, &m);
    return m;
}

TEST(an_image_says_version_slot_and_hash)
{
    struct machine m = seen("NAME=\"Debian\"\nIMAGE_ID=tongban\nIMAGE_VERSION=1.5.0-3-g1a2b\n", "b\n",
                            "quiet tongban.hash=" HASH " tongban.blocks=100\n");

    CHECK_STR(m.version, "1.5.0-3-g1a2b");
    CHECK_INT(m.slot, 'b');
    CHECK(m.imaged);
    CHECK_INT(m.image[1], 0x11);
    CHECK_INT(m.image[31], 0xff);
}

TEST(a_quoted_version_and_a_hash_at_the_ends_of_the_line)
{
    struct machine m = seen("IMAGE_VERSION=\"1.5.0\"\n", "a", "tongban.hash=" HASH);

    CHECK_STR(m.version, "1.5.0");
    CHECK_INT(m.slot, 'a');
    CHECK(m.imaged);
}

TEST(what_is_malformed_is_not_known)
{
    struct machine m = seen("MY_IMAGE_VERSION=1\nIMAGE_VERSION=1 2;3\n", "c\n", "xtongban.hash=" HASH);

    CHECK_STR(m.version, "");
    CHECK_INT(m.slot, '-');
    CHECK(!m.imaged);
    m = seen("IMAGE_VERSION=1234567890123456789012345\n", "ab\n", "tongban.hash=0123");
    CHECK_STR(m.version, "");
    CHECK_INT(m.slot, '-');
    CHECK(!m.imaged);
}

TEST(a_machine_set_up_by_hand)
{
    struct machine m;

    machine_read("/nowhere", &m);
    CHECK_STR(m.version, "");
    CHECK_INT(m.slot, '-');
    CHECK(!m.imaged);
}

TEST(make_a_folder)
{
    snprintf(dir, sizeof dir, "/tmp/tongban-test-machine-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
}

TEST(remove_the_folder)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(make_a_folder), T(an_image_says_version_slot_and_hash),
          T(a_quoted_version_and_a_hash_at_the_ends_of_the_line), T(what_is_malformed_is_not_known),
          T(a_machine_set_up_by_hand), TEARDOWN(remove_the_folder))
