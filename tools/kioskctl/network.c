/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl network: how this terminal reaches its hall (model/uplink.h). Shows it, sets it, tests it
 * (network_test.c), and at each start has systemd-networkd do what it says; before the first start it comes with the sheet.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"
#include "model/uplink.h"
#include "tools/kioskctl/kioskctl.h"
#include "wire/enrol.h"

#define COMMAND "kioskctl network"
#define NETWORKD_DIR "/run/systemd/network"
#define NETWORKD_NAME "70-tongban-site.network"
#define NETWORKD_MAX 2048

static const char help[] =
    "kioskctl network [--json] [--file FILE]\n"
    "kioskctl network --address A/N --gateway G [--dns D,D] [--proxy HOST:PORT] [--file FILE]\n"
    "kioskctl network --dhcp [--proxy HOST:PORT] [--file FILE]\n"
    "kioskctl network --test [--json] [--run DIR]\n"
    "kioskctl network --start [--data DIR] [--file FILE] [--networkd DIR]\n\n"
    "How this terminal reaches its hall: by DHCP, or by a fixed address, like 10.3.2.7/24, with its gateway and name "
    "servers;\n"
    "directly, or through a proxy (CONNECT, without a password). Without options it is shown. It also comes with the "
    "enrolment\n"
    "sheet (hallctl terminal add --address …). Set by hand it counts from the next start, or at once after\n"
    "    systemctl restart tongban-network tongban-hall-address tongban-sync\n"
    "  --test   the way to the hall, step by step: cable, address, gateway, names, connection, certificate, the hall's\n"
    "           answer and its time; where it stops, and what to do. The running kiosk has kiosk-sync go it.\n"
    "  --start  what tongban-network.service does: a sheet of this terminal's that says something is believed, and\n"
    "           systemd-networkd is told. A FILE that is damaged is left aside, and DHCP does.\n"
    "FILE is " UPLINK_FILE ", DIR of --data " KIOSKCTL_DATA ", of --run " KIOSKCTL_RUN ",\n"
    "of --networkd " NETWORKD_DIR ", where they are not given.\n"
    "Exit: 0, 1 --test found something bad, 2 wrong arguments, 3 it could not be done.\n";

struct network {
    const char *address, *gateway, *dns, *proxy, *file, *data, *run, *networkd;
    bool dhcp, start, test, json;
    struct uplink line;
};

/* Where nothing is set, DHCP does: no file is no fault. */
static int read_line(struct network *n, struct err *e)
{
    struct buf text;
    int rc = access(n->file, F_OK) != 0 ? 0 : fs_read(n->file, UPLINK_FILE_MAX, &text, e);

    n->line = (struct uplink){.address = ""};
    if (access(n->file, F_OK) != 0)
        return 0;
    if (rc == 0)
        rc = uplink_decode(text.data, text.len, &n->line, e);
    buf_finish(&text);
    return err_wrap(e, rc, "%s", n->file);
}

static int write_line(const struct network *n, struct err *e)
{
    char folder[KIOSKCTL_PATH_MAX];
    struct buf text;

    if (!text_copy(folder, sizeof folder, n->file) || !strrchr(folder, '/'))
        return err_set(e, ERR_INVALID, "%s is no path", n->file);
    *strrchr(folder, '/') = '\0';
    int rc = *folder ? fs_mkdirs(folder, 0755, e) : 0;
    buf_init(&text, UPLINK_FILE_MAX);
    if (rc == 0)
        rc = uplink_encode(&n->line, &text);
    if (rc == 0)
        rc = fs_write_atomic(n->file, text.data, text.len, 0644, e);
    buf_finish(&text);
    return rc;
}

/* --- shown ------------------------------------------------------------------------------------------------------------- */

static int show(const struct network *n)
{
    const struct uplink *u = &n->line;
    struct jsonw w;
    struct buf out;

    if (!n->json) {
        printf("address  %s%s%s\n", *u->address ? u->address : "by DHCP", *u->address ? ", gateway " : "", u->gateway);
        for (int i = 0; i < UPLINK_DNS_MAX && u->dns[i][0]; i++)
            printf("%s%s%s", i ? ", " : "names    ", u->dns[i], i + 1 < UPLINK_DNS_MAX && u->dns[i + 1][0] ? "" : "\n");
        printf("hall     %s%s\n", *u->proxy ? "through the proxy " : "directly", u->proxy);
        return EXIT_OK;
    }
    buf_init(&out, 2048);
    jsonw_init(&w, &out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "address", u->address);
    jsonw_str(&w, "gateway", u->gateway);
    jsonw_arr(&w, "dns");
    for (int i = 0; i < UPLINK_DNS_MAX && u->dns[i][0]; i++)
        jsonw_str(&w, NULL, u->dns[i]);
    jsonw_end(&w);
    jsonw_str(&w, "proxy", u->proxy);
    jsonw_end(&w);
    return kioskctl_print(&out, EXIT_OK);
}

/* --- set --------------------------------------------------------------------------------------------------------------- */

static int set(struct network *n, struct err *e)
{
    struct uplink *u = &n->line;

    *u = (struct uplink){.address = ""};
    if (!text_copy(u->address, sizeof u->address, n->address ? n->address : "") ||
        !text_copy(u->gateway, sizeof u->gateway, n->gateway ? n->gateway : "") ||
        !text_copy(u->proxy, sizeof u->proxy, n->proxy ? n->proxy : ""))
        return err_set(e, ERR_INVALID, "an address is too long");
    int rc = n->dns ? uplink_dns_split(n->dns, u, e) : 0;
    if (rc == 0)
        rc = uplink_check(u, e);
    return rc == 0 ? write_line(n, e) : rc;
}

/* --- at a start -------------------------------------------------------------------------------------------------------- */

static bool read_text(const char *dir, const char *name, struct buf *ret)
{
    char path[KIOSKCTL_PATH_MAX];

    return fs_join(path, sizeof path, dir, name) == 0 && access(path, F_OK) == 0 &&
           fs_read(path, ENROL_SHEET_MAX, ret, NULL) == 0;
}

/* A sheet that is this terminal's, or whose terminal this is going to be. */
static bool read_sheet(const struct network *n, struct enrol_sheet *ret)
{
    struct terminal_config is;
    struct buf text;

    if (!read_text(n->data, ENROL_SHEET, &text))
        return false;
    bool good = enrol_sheet_decode(text.data, text.len, ret, NULL) == 0;
    buf_finish(&text);
    if (!good || !read_text(n->data, "terminal.json", &text))
        return good;
    good = terminal_config_decode(text.data, text.len, &is, NULL) != 0 || strcmp(is.terminal, ret->terminal) == 0;
    buf_finish(&text);
    return good;
}

static int tell_networkd(const struct network *n, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];
    struct buf text;

    if (fs_join(path, sizeof path, n->networkd, NETWORKD_NAME) < 0)
        return err_set(e, ERR_TOOLONG, "%s", n->networkd);
    buf_init(&text, NETWORKD_MAX);
    int rc = uplink_networkd(&n->line, &text);
    if (rc == 0 && text.len == 0)
        rc = unlink(path) == 0 || errno == ENOENT ? 0 : err_errno(e, "remove %s", path);
    else if (rc == 0)
        rc = fs_mkdirs(n->networkd, 0755, e);
    if (rc == 0 && text.len)
        rc = fs_write_atomic(path, text.data, text.len, 0644, e);
    buf_finish(&text);
    return rc;
}

static int start(struct network *n, struct err *e)
{
    struct enrol_sheet sheet = {.code = ""};
    struct err why = {0};
    int rc = 0;

    if (read_sheet(n, &sheet) && !uplink_is_plain(&sheet.line)) {
        n->line = sheet.line;
        rc = write_line(n, e);
    } else if (read_line(n, &why) < 0) {
        fprintf(stderr, "kioskctl: %s: by DHCP, then\n", why.text);
        n->line = (struct uplink){.address = ""};
    }
    return rc == 0 ? tell_networkd(n, e) : rc;
}

/* --- the command ------------------------------------------------------------------------------------------------------- */

int kioskctl_network(int argc, char **argv)
{
    struct network n = {.file = UPLINK_FILE, .data = KIOSKCTL_DATA, .run = KIOSKCTL_RUN, .networkd = NETWORKD_DIR};
    const struct option_word options[] = {{"--address", &n.address, NULL},
                                          {"--gateway", &n.gateway, NULL},
                                          {"--dns", &n.dns, NULL},
                                          {"--proxy", &n.proxy, NULL},
                                          {"--file", &n.file, NULL},
                                          {"--data", &n.data, NULL},
                                          {"--run", &n.run, NULL},
                                          {"--networkd", &n.networkd, NULL},
                                          {"--dhcp", NULL, &n.dhcp},
                                          {"--start", NULL, &n.start},
                                          {"--test", NULL, &n.test},
                                          {"--json", NULL, &n.json},
                                          {NULL, NULL, NULL}};
    struct err e = {0};
    int count, code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &count);
    bool sets = n.address || n.gateway || n.dns || n.proxy || n.dhcp;

    if (code >= 0)
        return code;
    if (n.start && (sets || n.json))
        return options_wrong(COMMAND, "--start takes no settings");
    if (n.test && (sets || n.start))
        return options_wrong(COMMAND, "--test sets nothing");
    if (n.test)
        return kioskctl_network_test(n.run, n.json);
    if (n.dhcp && (n.address || n.gateway || n.dns))
        return options_wrong(COMMAND, "--dhcp, or an address, not both");
    if (sets && !n.dhcp && !n.address)
        return options_wrong(COMMAND, "--address or --dhcp is missing");
    int rc = n.start ? start(&n, &e) : sets ? set(&n, &e) : read_line(&n, &e);
    if (rc < 0)
        return kioskctl_fail(&e, rc == -ERR_INVALID && sets ? EXIT_USAGE : EXIT_CANNOT);
    if (!n.start)
        show(&n);
    return EXIT_OK;
}
