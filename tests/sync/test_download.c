/* SPDX-License-Identifier: Apache-2.0
 *
 * A manifest that was put aside because it needed newer software: once this software has the level, it is fetched.
 */
#include "test.h"

#include <stdlib.h>

#include "base/fs.h"
#include "catalog/verify.h"
#include "model/level.h"
#include "sync/download.h"

static char data[64] = "/tmp/tongban-test-XXXXXX";

static void put(int needs)
{
    struct manifest_catalog c = {.version = 9, .min_version = 1, .needs = needs, .file = {"catalog-9.db", 9, {1}}};
    char dir[128], path[160];
    struct buf json;

    snprintf(dir, sizeof dir, "%s/sync/incoming", data);
    CHECK_INT(fs_mkdirs(dir, 0755, NULL), 0);
    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_catalog_encode(&c, &json, NULL), 0);
    snprintf(path, sizeof path, "%s/" VERIFY_NEWER ".json", dir);
    CHECK_INT(fs_write_atomic(path, json.data, json.len, 0644, NULL), 0);
    snprintf(path, sizeof path, "%s/" VERIFY_NEWER ".sig", dir);
    CHECK_INT(fs_write_atomic(path, "[]", 2, 0644, NULL), 0);
    buf_finish(&json);
}

TEST(fits_when_the_level_is_there)
{
    char command[96];

    if (!mkdtemp(data))
        abort();
    CHECK(!download_fits_now(data));
    put(level_now() + 1);
    CHECK(!download_fits_now(data));
    put(level_now());
    CHECK(download_fits_now(data));
    snprintf(command, sizeof command, "rm -rf %s", data);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(fits_when_the_level_is_there))
