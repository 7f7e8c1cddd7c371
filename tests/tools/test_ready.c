/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl ready against a kiosk that says what the test wants.
 */
#include "tools/fake_kiosk.h"

#include "base/fs.h"
#include "tools/kioskctl/kioskctl.h"

static char seen[64], said[4000];
static const char *kept; /* what the file of devices holds; NULL: there is none */
static bool trial;

/* The command with the options of this test behind those of the fake. */
static int command(int argc, char **argv)
{
    char *with[] = {argv[0], argv[1], argv[2], (char[]){"--seen"}, seen, (char[]){"--trial"}, NULL};

    return kioskctl_ready(trial ? 6 : 5, with);
}

static int ready(const char *says)
{
    struct err e = {0};

    snprintf(seen, sizeof seen, "%s/seen", dir);
    unlink(seen);
    if (kept)
        CHECK_INT(fs_write_atomic(seen, kept, strlen(kept), 0644, &e), 0);
    return run_command(command, "status", says, false, said);
}

static const char *now_kept(void)
{
    static char text[200];
    struct buf b;

    text[0] = '\0';
    if (fs_read(seen, sizeof text - 1, &b, NULL) < 0)
        return "";
    snprintf(text, sizeof text, "%s", buf_str(&b));
    buf_finish(&b);
    return text;
}

#define STATUS(screen, storage, catalogue, reader, receipt)                                                                 \
    "{\"screen\":\"" screen "\",\"storage\":" storage ",\"catalogue\":" catalogue ",\"reader_state\":\"" reader             \
    "\",\"receipt_state\":\"" receipt "\",\"ticket_state\":\"absent\"}"

TEST(good)
{
    kept = NULL, trial = false;
    CHECK_INT(ready(STATUS("idle", "true", "7", "ready", "no-paper")), EXIT_OK);
    CHECK_STR(said, "ready\n");
    CHECK_STR(now_kept(), "reader\nreceipt\n"); /* one without paper has been found */
}

TEST(not_good)
{
    kept = "reader\n", trial = false;
    CHECK_INT(ready(STATUS("idle", "false", "7", "ready", "ready")), EXIT_BAD);
    CHECK(strstr(said, "journal") != NULL);
    CHECK_INT(ready(STATUS("idle", "true", "0", "ready", "ready")), EXIT_BAD);
    CHECK(strstr(said, "catalogue") != NULL);
    CHECK_INT(ready(STATUS("", "true", "7", "ready", "ready")), EXIT_BAD);
    CHECK(strstr(said, "screen") != NULL);
    CHECK_INT(ready("{}"), EXIT_BAD);
    CHECK_INT(ready("what?"), EXIT_BAD);
    CHECK_INT(ready(NULL), EXIT_BAD);
    CHECK_STR(now_kept(), "reader\n");
}

TEST(a_version_on_trial_must_find_what_was_found)
{
    kept = "reader\nreceipt\n", trial = true;
    CHECK_INT(ready(STATUS("idle", "true", "7", "ready", "ready")), EXIT_OK);
    CHECK_INT(ready(STATUS("idle", "true", "7", "fault", "open")), EXIT_OK);
    CHECK_INT(ready(STATUS("idle", "true", "7", "absent", "ready")), EXIT_BAD);
    CHECK_STR(said, "not ready: the reader that the version before had found is not found\n");
    CHECK_STR(now_kept(), "reader\nreceipt\n");
    kept = NULL;
    CHECK_INT(ready(STATUS("idle", "true", "7", "absent", "absent")), EXIT_OK);
}

TEST(a_proved_version_may_lose_a_device)
{
    kept = "reader\nreceipt\n", trial = false;
    CHECK_INT(ready(STATUS("idle", "true", "7", "absent", "ready")), EXIT_OK);
    CHECK_STR(now_kept(), "receipt\n");
}

TEST(begin)
{
    CHECK(mkdtemp(dir) != NULL);
}

TEST(end)
{
    char line[80];

    snprintf(line, sizeof line, "rm -rf %s", dir);
    CHECK_INT(system(line), 0);
}

TEST_MAIN(SETUP(begin), T(good), T(not_good), T(a_version_on_trial_must_find_what_was_found),
          T(a_proved_version_may_lose_a_device), TEARDOWN(end))
