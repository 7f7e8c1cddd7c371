/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl status against a kiosk that says what the test wants.
 */
#include "tools/fake_kiosk.h"
#include "tools/kioskctl/kioskctl.h"

static int status(const char *says, bool json, char said[4000])
{
    return run_command(kioskctl_status, "status", says, json, said);
}

TEST(in_order)
{
    char said[4000];

    CHECK_INT(status("{\"screen\":\"home\",\"last_record\":41,\"storage\":true,\"reader\":\"\"}", true, said), EXIT_OK);
    CHECK_STR(said, "{\"screen\":\"home\",\"last_record\":41,\"storage\":true,\"reader\":\"\"}\n");
    CHECK_INT(status("{\"screen\":\"home\",\"last_record\":41,\"storage\":true,\"reader\":\"\"}", false, said), EXIT_OK);
    CHECK(strstr(said, "screen         home\n") != NULL);
    CHECK(strstr(said, "last_record    41\n") != NULL);
    CHECK(strstr(said, "storage        yes\n") != NULL);
    CHECK(strstr(said, "reader         none\n") != NULL);
}

TEST(no_storage)
{
    char said[4000];

    CHECK_INT(status("{\"storage\":false}", true, said), EXIT_BAD);
}

TEST(no_sense)
{
    char said[4000];

    CHECK_INT(status("what?", true, said), EXIT_CANNOT);
    CHECK_STR(said, "");
}

TEST(hangs_up)
{
    char said[4000];

    CHECK_INT(status(NULL, true, said), EXIT_CANNOT);
}

TEST(begin)
{
    CHECK(mkdtemp(dir) != NULL);
}

TEST(end)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf %s", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(begin), T(in_order), T(no_storage), T(no_sense), T(hangs_up), TEARDOWN(end))
