/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl keys split, combine: five people each keep a share of a key, any three of them give it back when it is lost.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/secret.h"
#include "crypto/key_folder.h"
#include "crypto/share.h"
#include "tools/hallctl/keys.h"

#define SPLIT "hallctl keys split"
#define COMBINE "hallctl keys combine"

static const char split_usage[] =
    "hallctl keys split KEY.pem --out DIR [--json]\n"
    "Writes DIR/share-1.txt to share-5.txt, each one line for another person to keep, printed or on a stick of his own. "
    "Any\n"
    "three give the key back; two say nothing of it. DIR is made with the mode 0700; nothing that exists is overwritten.\n"
    "Give the shares away, then remove DIR: who has three of them has the key.\n"
    "  --json  {\"key\":ID,\"shares\":[PATH,…]}\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such key, 4 a share is there already.\n";

static const char combine_usage[] =
    "hallctl keys combine SHARE SHARE SHARE --out FILE.pem [--json]\n"
    "Makes the key of three shares that `hallctl keys split` wrote, and FILE.pub beside it. Put both into the folder with "
    "the\n"
    "keys, under a name that begins with the key's role: sealing-….pem. A share that is mistyped, that stands twice, of\n"
    "another key or not genuine is told, and nothing is written then.\n"
    "  --json  {\"key\":ID,\"file\":FILE}\n"
    "Exit: 0 done, 1 failed, a share is damaged, 2 wrong arguments, 3 no such share, 4 refused: FILE is there, or the "
    "shares\n"
    "do not give the key they name.\n";

static void hex_id(const struct private_key *k, char out[17])
{
    struct public_key p;
    uint8_t id[8];

    key_public(k, &p);
    public_key_id(&p, id);
    hex_encode(id, sizeof id, out);
}

static int share_path(char out[PATH_MAX], const char *dir, int number, struct err *e)
{
    return snprintf(out, PATH_MAX, "%s/share-%d.txt", dir, number) < PATH_MAX ? 0 : err_set(e, ERR_TOOLONG, "%s", dir);
}

static int check_free(const char *dir, struct err *e)
{
    char path[PATH_MAX];
    struct stat st;
    int rc = 0;

    for (int i = 1; rc == 0 && i <= SHARES; i++) {
        rc = share_path(path, dir, i, e);
        if (rc == 0 && lstat(path, &st) == 0)
            rc = err_set(e, ERR_EXISTS, "%s is there already: nothing is overwritten", path);
    }
    return rc;
}

static int write_shares(const struct private_key *k, const char *dir, struct err *e)
{
    struct share all[SHARES];
    char line[SHARE_LINE_MAX + 1], path[PATH_MAX];
    int rc = 0;

    share_split(k, all);
    for (int i = 0; rc == 0 && i < SHARES; i++) {
        share_format(&all[i], line);
        strcat(line, "\n");
        rc = share_path(path, dir, all[i].number, e);
        if (rc == 0)
            rc = fs_write_atomic(path, line, strlen(line), 0600, e);
    }
    secret_wipe(all, sizeof all);
    secret_wipe(line, sizeof line);
    return rc;
}

static void report_split(const struct private_key *k, const char *dir, bool json)
{
    struct hallctl_object o;
    char id[17], path[PATH_MAX];

    hex_id(k, id);
    if (!json) {
        printf("key %s: %d shares in %s, any %d give it back\n", id, SHARES, dir, SHARES_NEEDED);
        return;
    }
    hallctl_object_open(&o);
    jsonw_str(&o.w, "key", id);
    jsonw_arr(&o.w, "shares");
    for (int i = 1; i <= SHARES; i++)
        if (share_path(path, dir, i, NULL) == 0)
            jsonw_str(&o.w, NULL, path);
    jsonw_end(&o.w);
    hallctl_object_print(&o);
}

int keys_split(int argc, char **argv)
{
    const char *key[1] = {NULL}, *out = NULL;
    bool json = false;
    struct private_key *k = NULL;
    struct err e = {0};
    const struct option_word options[] = {{"--out", &out, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read(SPLIT, argc, argv, split_usage, options, key, 1, &n);

    if (code < 0)
        code = options_fit(SPLIT, options, "--out", "--json");
    if (code < 0 && n == 0)
        code = options_wrong(SPLIT, "which: the key's file is missing");
    if (code >= 0)
        return code;
    secret_harden_process();
    int rc = key_load(key[0], &k, &e);
    if (rc == 0)
        rc = check_free(out, &e);
    if (rc == 0)
        rc = fs_mkdirs(out, 0700, &e);
    if (rc == 0)
        rc = write_shares(k, out, &e);
    if (rc == 0)
        report_split(k, out, json);
    key_free(k);
    return err_wrap(&e, rc, "split %s", key[0]) < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- combine --- */

static int read_share(const char *path, struct share *ret, struct err *e)
{
    struct buf text;
    int rc = fs_read_given(path, 2 * SHARE_LINE_MAX, &text, e);

    if (rc == 0)
        rc = err_wrap(e, share_parse((const char *)text.data, text.len, ret, e), "%s", path);
    buf_finish(&text);
    return rc;
}

static int read_shares(const char *const paths[SHARES_NEEDED], struct share ret[SHARES_NEEDED], struct err *e)
{
    int rc = 0;

    for (int i = 0; rc == 0 && i < SHARES_NEEDED; i++)
        rc = read_share(paths[i], &ret[i], e);
    return rc;
}

/* FILE.pem as folder and name, which key_folder_save() takes. False: it does not end so. */
static bool cut_path(const char *file, char dir[PATH_MAX], char name[NAME_MAX + 1])
{
    const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
    size_t len = strlen(base), suffix = strlen(".pem");

    if (len <= suffix || len > NAME_MAX || strlen(file) >= PATH_MAX || strcmp(base + len - suffix, ".pem") != 0)
        return false;
    snprintf(dir, PATH_MAX, "%.*s", slash == file ? 1 : slash ? (int)(slash - file) : 1, slash ? file : ".");
    snprintf(name, NAME_MAX + 1, "%.*s", (int)(len - suffix), base);
    return true;
}

static void report_combined(const struct private_key *k, const char *file, bool json)
{
    struct hallctl_object o;
    char id[17];

    hex_id(k, id);
    if (!json) {
        printf("key %s is in %s\n", id, file);
        return;
    }
    hallctl_object_open(&o);
    jsonw_str(&o.w, "key", id);
    jsonw_str(&o.w, "file", file);
    hallctl_object_print(&o);
}

int keys_combine(int argc, char **argv)
{
    const char *paths[SHARES_NEEDED] = {NULL}, *out = NULL;
    char dir[PATH_MAX], name[NAME_MAX + 1];
    bool json = false;
    struct share three[SHARES_NEEDED];
    struct private_key *k = NULL;
    struct err e = {0};
    const struct option_word options[] = {{"--out", &out, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read(COMBINE, argc, argv, combine_usage, options, paths, SHARES_NEEDED, &n);

    if (code < 0)
        code = options_fit(COMBINE, options, "--out", "--json");
    if (code < 0 && n < SHARES_NEEDED)
        code = options_wrong(COMBINE, "%d shares are needed, %d are given", SHARES_NEEDED, n);
    if (code < 0 && !cut_path(out, dir, name))
        code = options_wrong(COMBINE, "--out is a file that ends in .pem, not \"%s\"", out);
    if (code >= 0)
        return code;
    secret_harden_process();
    int rc = read_shares(paths, three, &e);
    if (rc == 0)
        rc = share_combine(three, &k, &e);
    if (rc == 0)
        rc = key_folder_save(dir, name, k, &e);
    if (rc == 0)
        report_combined(k, out, json);
    key_free(k);
    secret_wipe(three, sizeof three);
    return err_wrap(&e, rc, "no key was made") < 0 ? hallctl_fail(&e) : EXIT_OK;
}
