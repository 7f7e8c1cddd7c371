/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl devices against a kiosk that says what the test wants.
 */
#include "tools/fake_kiosk.h"
#include "tools/kioskctl/kioskctl.h"

#define READER                                                                                                              \
    "{\"port\":\"1-1\",\"vendor\":\"0400\",\"product\":\"c35a\",\"release\":\"1.00\",\"role\":\"reader\",\"why\":\"order "  \
    "of ports\","                                                                                                           \
    "\"state\":\"ready\",\"driver\":\"split\",\"driver_why\":\"endpoints\",\"sam\":\"05.01-1\"}"
#define PRINTER(port, role, state)                                                                                          \
    "{\"port\":\"" port                                                                                                     \
    "\",\"vendor\":\"04b8\",\"product\":\"0e15\",\"maker\":\"EPSON\",\"model\":\"TM-T20\",\"role\":\"" role "\","           \
    "\"state\":\"" state "\",\"driver\":\"epson-tm-t20iii\",\"driver_why\":\"vendor and "                                   \
    "product\",\"confirmation\":\"process-id\",\"firmware\":\"2.21\","                                                      \
    "\"last_fault\":\"no-paper\",\"last_fault_at\":\"2026-01-05\"}"
#define STICK                                                                                                               \
    "{\"port\":\"1-4\",\"kind\":\"storage\",\"vendor\":\"0781\",\"product\":\"5567\",\"role\":\"\",\"ignored\":\"not "      \
    "ours\"}"
#define COUNTS "\"since_start\":{\"receipt\":{\"done\":3,\"unknown\":1}}"

static int devices(const char *says, bool json, char said[4000])
{
    return run_command(kioskctl_devices, "devices", says, json, said);
}

TEST(a_table)
{
    char said[4000];

    CHECK_INT(devices("{\"devices\":[" READER
                      "," PRINTER("1-2", "receipt", "low") "," PRINTER("1-3", "ticket", "ready") "," STICK "]," COUNTS "}",
                      false, said),
              EXIT_OK);
    CHECK(strstr(said, "1-1      reader   ready     0400:c35a") != NULL);
    CHECK(strstr(said, "driven as    split (endpoints)") != NULL);
    CHECK(strstr(said, "SAM          05.01-1") != NULL);
    CHECK(strstr(said, "1-2      receipt  low       04b8:0e15 EPSON TM-T20") != NULL);
    CHECK(strstr(said, "confirms by  process-id") != NULL);
    CHECK(strstr(said, "firmware     2.21") != NULL);
    CHECK(strstr(said, "release      1.00") != NULL);
    CHECK(strstr(said, "last fault   no-paper (2026-01-05)") != NULL);
    CHECK(strstr(said, "1-4      ignored") != NULL);
    CHECK(strstr(said, "storage (not ours)") != NULL);
    CHECK(strstr(said, "receipt  done 3, unknown 1") != NULL);
}

TEST(a_role_without_a_device)
{
    char said[4000];

    CHECK_INT(devices("{\"devices\":[" READER "," PRINTER("1-2", "receipt", "fault") "]," COUNTS "}", false, said),
              EXIT_BAD);
    CHECK(strstr(said, "no receipt printer works\nno ticket printer works\n") != NULL);
    CHECK(strstr(said, "no reader works") == NULL);
    CHECK_INT(devices("{\"devices\":[]," COUNTS "}", true, said), EXIT_BAD);
    CHECK_STR(said, "{\"devices\":[]," COUNTS "}\n");
}

TEST(no_sense)
{
    char said[4000];

    CHECK_INT(devices("{\"error\":\"too many\"}", true, said), EXIT_CANNOT);
    CHECK_STR(said, "");
    CHECK_INT(devices(NULL, true, said), EXIT_CANNOT);
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

TEST_MAIN(SETUP(begin), T(a_table), T(a_role_without_a_device), T(no_sense), TEARDOWN(end))
