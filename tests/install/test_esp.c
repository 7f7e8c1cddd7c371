/* SPDX-License-Identifier: Apache-2.0
 *
 * The boot partition of a machine that has a system: at every step what starts is whole, and the old one stays.
 */
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "test.h"
#include "tools/install/esp.h"

static char folder[256], from[300], to[300];

static void put(const char *in, const char *name, const char *text)
{
    char path[700], dir[700];

    snprintf(path, sizeof path, "%s/%s", in, name);
    snprintf(dir, sizeof dir, "%.*s", (int)(strrchr(path, '/') - path), path);
    fs_mkdirs(dir, 0755, NULL);
    if (fs_write_atomic(path, text, strlen(text), 0644, NULL) < 0)
        abort();
}

static bool has(const char *name, const char *text)
{
    char path[700];
    struct buf b;

    snprintf(path, sizeof path, "%s/%s", to, name);
    if (fs_read(path, 1000, &b, NULL) < 0)
        return false;
    bool same = b.len == strlen(text) && !memcmp(b.data, text, b.len);
    buf_finish(&b);
    return same;
}

static int kernels(void)
{
    char path[700];
    struct dirent *d;
    int n = 0;

    snprintf(path, sizeof path, "%s/EFI/Linux", to);
    DIR *dir = opendir(path);
    while (dir && (d = readdir(dir)))
        n += d->d_name[0] != '.';
    if (dir)
        closedir(dir);
    return n;
}

static void begin(void)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(folder, sizeof folder, "%s/esp-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(folder))
        abort();
    snprintf(from, sizeof from, "%s/from", folder);
    snprintf(to, sizeof to, "%s/to", folder);
    put(from, "EFI/BOOT/BOOTX64.EFI", "new loader");
    put(from, "EFI/Linux/tongban-a-1.5.0+3.efi", "new kernel");
    put(from, "loader/loader.conf", "timeout 0");
    put(to, "EFI/BOOT/BOOTX64.EFI", "old loader");
    put(to, "EFI/Linux/tongban-a-1.4.2.efi", "old kernel");
    put(to, "loader/random-seed", "seed");
}

static void end(void)
{
    char command[400];

    snprintf(command, sizeof command, "rm -r '%s'", folder);
    CHECK_INT(system(command), 0);
}

TEST(new_beside_old)
{
    begin();
    CHECK_INT(esp_put(from, to, NULL), 0);
    CHECK(has("EFI/Linux/tongban-a-1.4.2.efi", "old kernel")); /* a cut here starts the old one */
    CHECK(has("EFI/BOOT/BOOTX64.EFI", "old loader"));
    CHECK_INT(esp_compare(from, to, NULL), 0);
    CHECK_INT(esp_finish(from, to, 'b', NULL), 0);
    CHECK(has("EFI/BOOT/BOOTX64.EFI", "new loader"));
    CHECK(has("EFI/Linux/tongban-b-1.5.0+3.efi", "new kernel"));
    CHECK(has("EFI/Linux/tongban-a-1.4.2+0.efi", "old kernel")); /* behind the new one, and still there */
    CHECK(has("loader/random-seed", "seed"));
    CHECK_INT(kernels(), 2);
    end();
}

TEST(old_of_the_same_slot_goes)
{
    begin();
    put(to, "EFI/Linux/tongban-b-1.3.0+0-3.efi", "older kernel");
    put(to, "EFI/Linux/tongban-b-1.6.0.efi", "a newer one of that slot");
    put(to, "EFI/Linux/tongban-b-1.2.0+3.efi.new", "left of a cut");
    CHECK_INT(esp_put(from, to, NULL), 0);
    CHECK_INT(esp_finish(from, to, 'b', NULL), 0);
    CHECK_INT(kernels(), 2);
    CHECK(has("EFI/Linux/tongban-a-1.4.2+0.efi", "old kernel"));
    /* once more: nothing is another */
    CHECK_INT(esp_put(from, to, NULL), 0);
    CHECK_INT(esp_finish(from, to, 'b', NULL), 0);
    CHECK_INT(kernels(), 2);
    CHECK(has("EFI/Linux/tongban-b-1.5.0+3.efi", "new kernel"));
    end();
}

TEST(rot_is_found)
{
    begin();
    CHECK_INT(esp_put(from, to, NULL), 0);
    put(to, "EFI/Linux/tongban-a-1.5.0+3.efi.new", "new kernek");
    CHECK_INT(esp_compare(from, to, NULL), -ERR_CHECKSUM);
    CHECK(has("EFI/Linux/tongban-a-1.4.2.efi", "old kernel"));
    end();
}

TEST(no_kernel_no_change)
{
    char path[700];

    begin();
    snprintf(path, sizeof path, "%s/EFI/Linux/tongban-a-1.5.0+3.efi", from);
    unlink(path);
    CHECK_INT(esp_put(from, to, NULL), 0);
    CHECK_INT(esp_finish(from, to, 'b', NULL), -ERR_INVALID);
    CHECK(has("EFI/Linux/tongban-a-1.4.2.efi", "old kernel"));
    end();
}

TEST_MAIN(T(new_beside_old), T(old_of_the_same_slot_goes), T(rot_is_found), T(no_kernel_no_change))
