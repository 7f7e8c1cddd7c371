/* SPDX-License-Identifier: Apache-2.0
 *
 * Installing catalogues: what must be taken, what must be refused, and that nothing half done is ever used.
 */
#include "catalog/update.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "catalog/index_file.h"
#include "catalog/state.h"
#include "catalog/verify.h"
#include "model/level.h"
#include "update_test.h"

TEST(first_and_next)
{
    bool changed = true;
    struct err e;

    fresh();
    CHECK_INT(current(), -ERR_NOTFOUND);
    CHECK_INT(install(&changed, &e), 0); /* nothing there */
    CHECK(!changed);
    must_install(5);
    CHECK_INT(install(&changed, &e), 0); /* the same files again */
    CHECK(!changed);
    must_install(6);
    CHECK(exists("catalog/catalog.5.db"));
    must_install(8);
    CHECK(exists("catalog/catalog.6.db") && exists("catalog/catalog.6.json"));
    CHECK(!exists("catalog/catalog.5.db") && !exists("catalog/catalog.5.json") && !exists("catalog/catalog.5.sig"));
    CHECK(!exists("catalog/catalog.8.tmp"));
}

static void must_refuse(struct delivery d, int rc, const char *says)
{
    bool changed = true;
    struct err e;

    fresh();
    must_install(6);
    deliver(d);
    CHECK_INT(install(&changed, &e), rc);
    if (!strstr(e.text, says)) {
        printf("# \"%s\" does not say \"%s\"\n", e.text, says);
        CHECK(false);
    }
    CHECK(!changed);
    CHECK_INT(current(), 6);
    CHECK(!exists("catalog/catalog.7.tmp") && !exists("catalog/catalog.7.db"));
    /* remembered: not looked at a second time, unless time may heal it */
    CHECK_INT(install(&changed, &e), rc == -ERR_EXPIRED ? rc : 0);
    CHECK(!changed);
    must_install(7);
}

/* Of a catalogue that an older kiosk took over there is none; one may rot. */
TEST(its_search_index)
{
    struct err e = {0};
    char path[PATH_MAX];

    fresh();
    must_install(6);
    CHECK(exists("catalog/catalog.6.index"));
    shell("rm %s/catalog/catalog.6.index", data);
    CHECK_INT(update_check(data, 6, &e), 0);
    in(path, data, "catalog/catalog.6.db");
    CHECK_INT(index_file_check(path, &e), 0);
    shell("printf x | dd of=%s/catalog/catalog.6.index bs=1 seek=5000 conv=notrunc status=none", data);
    CHECK_INT(index_file_check(path, NULL), -ERR_CHECKSUM);
    CHECK_INT(update_check(data, 6, &e), 0);
    CHECK_INT(index_file_check(path, &e), 0);
}

TEST(older_version)
{
    must_refuse((struct delivery){.version = 5}, -ERR_VERSION, "older");
}

TEST(wrong_signature)
{
    must_refuse((struct delivery){.version = 7, .signer = OTHER_CATALOGUE}, -ERR_SIGNATURE, "signature");
}

TEST(wrong_size)
{
    must_refuse((struct delivery){.version = 7, .short_file = true}, -ERR_CHECKSUM, "bytes");
    must_refuse((struct delivery){.version = 7, .size_more = -1}, -ERR_CHECKSUM, "bytes");
}

TEST(wrong_hash)
{
    must_refuse((struct delivery){.version = 7, .wrong_hash = true}, -ERR_CHECKSUM, "hash");
}

TEST(file_of_another_version)
{
    must_refuse((struct delivery){.version = 8, .claimed = 7}, -ERR_VERSION, "8");
}

TEST(expired_manifest)
{
    must_refuse((struct delivery){.version = 7, .expires_ms = (clock_wall_ms() / 1000 - 60) * 1000}, -ERR_EXPIRED,
                "validity");
}

TEST(same_version_other_content)
{
    bool changed = true;
    struct err e;

    fresh();
    must_install(6);
    deliver((struct delivery){.version = 6, .expires_ms = (clock_wall_ms() / 1000 + 777) * 1000});
    CHECK_INT(install(&changed, &e), -ERR_VERSION);
    CHECK(!changed);
    CHECK_INT(current(), 6);
}

TEST(missing_parts)
{
    static const char *const names[] = {"catalog.sig", "catalog-7.db"};
    bool changed = true;
    struct err e;
    char path[PATH_MAX];

    for (size_t i = 0; i < 2; i++) {
        fresh();
        must_install(6);
        deliver((struct delivery){.version = 7});
        in(path, incoming, names[i]);
        CHECK_INT(unlink(path), 0);
        CHECK_INT(install(&changed, &e), -ERR_NOTFOUND);
        CHECK_INT(current(), 6);
        must_install(7);
    }
}

/* A damaged page under a good signature: the hash is right, the database is not. */
TEST(damaged_page)
{
    char path[PATH_MAX];
    int fd;

    fresh();
    snprintf(path, sizeof path, "%s/v7.db", sample_folder());
    shell("cp %s %s.good", path, path);
    fd = open(path, O_WRONLY);
    CHECK(fd >= 0 && pwrite(fd, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12, 32768) == 12);
    close(fd);
    must_install(6);
    deliver((struct delivery){.version = 7});
    {
        bool changed = true;
        struct err e;

        CHECK_INT(install(&changed, &e), -ERR_CHECKSUM);
        CHECK(!changed);
        CHECK_INT(current(), 6);
        CHECK(!exists("catalog/catalog.7.db"));
    }
    shell("mv %s.good %s", path, path);
    must_install(7);
}

TEST(link_out_of_the_folder)
{
    bool changed = true;
    struct err e;

    fresh();
    deliver((struct delivery){.version = 7});
    shell("rm %s/catalog-7.db; ln -s %s/v7.db %s/catalog-7.db", incoming, sample_folder(), incoming);
    CHECK(install(&changed, &e) < 0);
    CHECK_INT(current(), -ERR_NOTFOUND);
}

/* What lies in catalog/ was changed behind our back. */
TEST(installed_one_damaged)
{
    bool changed = false;
    struct err e;

    fresh();
    must_install(6);
    shell("truncate -s -1 %s/catalog/catalog.6.db", data);
    CHECK_INT(current(), -ERR_CHECKSUM);
    CHECK_INT(install(&changed, &e), 0); /* the download still lies there: taken once more */
    CHECK(changed);
    CHECK_INT(current(), 6);
    shell("sed -i s/version/versiom/ %s/catalog/catalog.6.json", data);
    CHECK_INT(current(), -ERR_SIGNATURE);
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(current(), 6);
}

TEST(called_back)
{
    bool changed = true;
    struct err e;

    fresh();
    must_install(5);
    deliver((struct delivery){.version = 7, .min_version = 7, .wrong_hash = true});
    CHECK_INT(install(&changed, &e), -ERR_CHECKSUM);
    CHECK_INT(current(), -ERR_VERSION); /* 5 must not go on, 7 is not whole */
    must_install(7);
}

/* As kiosk-sync puts it: the manifest alone, beside what the one in use came of. */
static void put_aside(struct delivery d)
{
    deliver(d);
    shell("cd %s; rm *.db; mv catalog.json newer.json; mv catalog.sig newer.sig", incoming);
}

static void check_not_taken(int needs, int uses)
{
    bool changed;
    struct err e;

    CHECK_INT(install(&changed, &e), 0);
    CHECK(!changed);
    CHECK_INT(found.needs, needs);
    CHECK_INT(found.whole, 0);
    CHECK_INT(current(), uses);
}

TEST(for_software_of_a_higher_level)
{
    int needs = level_now() + 1;

    fresh();
    must_install(5);
    put_aside((struct delivery){.version = 6, .needs = needs});
    check_not_taken(needs, 5);
    check_not_taken(needs, 5); /* and is told again */
    put_aside((struct delivery){.version = 6, .needs = needs, .signer = HEAD});
    check_not_taken(0, 5);
    put_aside((struct delivery){.version = 5, .needs = needs}); /* left over */
    check_not_taken(0, 5);
    deliver((struct delivery){.version = 6, .needs = needs}); /* by a kiosk-sync that does not look */
    check_not_taken(needs, 5);
    must_install(6);
}

/* What was wrong may be called back by one that this software cannot use: then there is none, and a page says so. */
TEST(for_a_higher_level_and_calls_back)
{
    fresh();
    must_install(5);
    put_aside((struct delivery){.version = 7, .min_version = 6, .needs = level_now() + 1});
    check_not_taken(level_now() + 1, -ERR_VERSION);
}

TEST(root_changes)
{
    struct public_key key, want;
    struct manifest_root root;
    bool changed = false;
    struct err e = {0};

    fresh();
    must_install(5);
    key_public(keys[SEALING], &want);
    CHECK_INT(update_sealing_key(data, clock_wall_ms(), &key, &e), 0);
    CHECK_MEM(key.point, want.point, sizeof key.point);
    /* root 2 takes the catalogue key away and brings another sealing key */
    deliver((struct delivery){.version = 6});
    put_root(incoming, 2, OTHER_CATALOGUE, NEW_SEALING, ROOT);
    CHECK_INT(install(&changed, &e), -ERR_SIGNATURE);
    CHECK(changed);
    CHECK_INT(current(), 5); /* verified by the root of its time */
    key_public(keys[NEW_SEALING], &want);
    CHECK_INT(update_sealing_key(data, clock_wall_ms(), &key, &e), 0);
    CHECK_MEM(key.point, want.point, sizeof key.point);
    CHECK_INT(verify_root(data, &root, NULL, &e), 0);
    CHECK_INT(root.version, 2);
    deliver((struct delivery){.version = 6, .signer = OTHER_CATALOGUE});
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(current(), 6);
    /* an older root in the download is no reason to go back */
    deliver((struct delivery){.version = 7, .signer = OTHER_CATALOGUE});
    put_root(incoming, 1, CATALOGUE, SEALING, ROOT);
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(current(), 7);
    CHECK_INT(verify_root(data, &root, NULL, &e), 0);
    CHECK_INT(root.version, 2);
}

TEST(root_that_cannot_follow)
{
    bool changed = true;
    struct err e;

    fresh();
    must_install(5);
    deliver((struct delivery){.version = 6});
    put_root(incoming, 3, CATALOGUE, SEALING, ROOT);
    CHECK_INT(install(&changed, &e), -ERR_VERSION);
    deliver((struct delivery){.version = 6});
    put_root(incoming, 2, CATALOGUE, SEALING, OTHER_CATALOGUE);
    CHECK_INT(install(&changed, &e), -ERR_SIGNATURE);
    CHECK(!changed);
    CHECK_INT(current(), 5);
}

/* Away for several roots: each of those between lies there, and one that is missing or not signed ends the way there. */
TEST(roots_in_between)
{
    struct manifest_root root;
    bool changed = false;
    struct err e = {0};

    fresh();
    must_install(5);
    deliver((struct delivery){.version = 6, .signer = OTHER_CATALOGUE});
    put_root_as(incoming, "root.2", 2, CATALOGUE, SEALING, ROOT);
    put_root_as(incoming, "root.3", 3, CATALOGUE, NEW_SEALING, OTHER_CATALOGUE);
    put_root(incoming, 4, OTHER_CATALOGUE, NEW_SEALING, ROOT);
    CHECK_INT(install(&changed, &e), -ERR_SIGNATURE);
    CHECK_INT(verify_root(data, &root, NULL, &e), 0);
    CHECK_INT(root.version, 2);
    put_root_as(incoming, "root.3", 3, CATALOGUE, NEW_SEALING, ROOT);
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(verify_root(data, &root, NULL, &e), 0);
    CHECK_INT(root.version, 4);
    CHECK_INT(current(), 6);
}

/* A terminal without a catalogue takes one whose manifest has ended: it is better than none. */
TEST(expired_manifest_of_a_first_catalogue)
{
    int64_t now = clock_wall_ms();
    bool changed = false;
    struct err e = {0};

    fresh();
    deliver((struct delivery){.version = 5, .expires_ms = now / 1000 * 1000 - DAY});
    CHECK_INT(install(&changed, &e), 0);
    CHECK_INT(current(), 5);
    deliver((struct delivery){.version = 6, .expires_ms = now / 1000 * 1000 - DAY});
    CHECK_INT(install(&changed, &e), -ERR_EXPIRED);
    CHECK_INT(current(), 5);
}

/* Enrolled anew, perhaps at another hall: what was installed before counts for nothing. */
TEST(enrolled_again)
{
    fresh();
    must_install(8);
    put_root(data, 1, OTHER_CATALOGUE, SEALING, ROOT);
    CHECK_INT(current(), -ERR_NOTFOUND);
    {
        bool changed = false;
        struct err e;

        deliver((struct delivery){.version = 5, .signer = OTHER_CATALOGUE});
        CHECK_INT(install(&changed, &e), 0);
        CHECK_INT(current(), 5);
    }
}

TEST(sealing_key_expires)
{
    struct public_key key;
    struct err e = {0};
    int64_t now = clock_wall_ms();

    fresh();
    clock_set_wall(now + 701 * DAY);
    CHECK_INT(update_sealing_key(data, clock_wall_ms(), &key, &e), -ERR_EXPIRED);
    clock_set_wall(0); /* a clock without a battery */
    CHECK_INT(update_sealing_key(data, clock_wall_ms(), &key, &e), 0);
    clock_set_wall(now);
    shell("rm %s/root.json", data);
    CHECK_INT(update_sealing_key(data, clock_wall_ms(), &key, &e), -ERR_NOTFOUND);
}

/* Installs in a child that may write files of at most `bytes`. */
static int install_in_child(rlim_t bytes)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        struct rlimit limit = {bytes, bytes};
        bool changed = false;
        struct err e = {0};

        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(update_install(&changed, &e) < 0 ? 1 : 0);
    }
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Writing fails at every size: the old one stays, and the same download is taken once there is room. */
TEST(writing_fails_anywhere)
{
    static const rlim_t sizes[] = {0, 1, 100, 200, 400, 4096, 40000, 65536, 69631};
    bool changed = false;
    struct err e;

    fresh();
    must_install(5);
    deliver((struct delivery){.version = 6});
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        CHECK_INT(install_in_child(sizes[i]), 1);
        CHECK_INT(current(), 5);
    }
    CHECK_INT(install(&changed, &e), 0);
    CHECK(changed);
    CHECK_INT(current(), 6);
}

/* Left behind by a power cut before the state was written. */
TEST(leftovers_of_a_cut)
{
    fresh();
    must_install(5);
    shell("head -c 30000 %s/v6.db >%s/catalog/catalog.6.tmp", sample_folder(), data);
    shell("cp %s/v7.db %s/catalog/catalog.6.db; echo '{' >%s/catalog/catalog.6.json", sample_folder(), data, data);
    shell("echo '{' >%s/catalog/state.json.tmp; echo x >%s/catalog/catalog.9.tmp", data, data);
    CHECK_INT(current(), 5);
    must_install(6);
    CHECK(!exists("catalog/catalog.9.tmp"));
    sample_close();
    for (int i = 0; i < KEYS; i++)
        key_free(keys[i]);
}

TEST_MAIN(T(first_and_next), T(its_search_index), T(older_version), T(wrong_signature), T(wrong_size), T(wrong_hash),
          T(file_of_another_version), T(expired_manifest), T(expired_manifest_of_a_first_catalogue), T(roots_in_between),
          T(same_version_other_content), T(missing_parts), T(damaged_page), T(link_out_of_the_folder),
          T(installed_one_damaged), T(called_back), T(for_software_of_a_higher_level), T(for_a_higher_level_and_calls_back),
          T(root_changes), T(root_that_cannot_follow), T(enrolled_again), T(sealing_key_expires), T(writing_fails_anywhere),
          T(leftovers_of_a_cut))
