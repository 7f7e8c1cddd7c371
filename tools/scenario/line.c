/* SPDX-License-Identifier: Apache-2.0
 *
 * system line STATE: the cable and the address of the terminal, as the kernel would tell them, in files that kiosk-sync
 * looks at instead of the kernel's.
 */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "tools/scenario/play.h"

#define ROUTES                                                                                                              \
    "eth0\t00000000\t0102030A\t0003\t0\t0\t100\t00000000\t0\t0\t0\neth0\t0002030A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0"  \
    "\t0\t0\n"
#define OWN "Local:\n     |-- 10.3.2.7\n        /32 host LOCAL\n"
#define CONF "var/lib/tongban-network/network.conf"

static const struct {
    const char *state, *carrier, *routes, *own, *conf;
} lines[] = {
    {"plugged", "1\n", ROUTES, OWN, ""}, /* 10.3.2.7/24 by DHCP, of 10.3.2.1 */
    {"fixed", "1\n", ROUTES, OWN, "TONGBAN_ADDRESS=10.3.2.7/24\nTONGBAN_GATEWAY=10.3.2.1\n"},
    {"unplugged", "0\n", "", "", ""},
    {"no-address", "1\n", "", "", ""},
};

static int put(struct play *p, const char *name, const char *text, struct err *e)
{
    char path[STAND_PATH_MAX], folder[STAND_PATH_MAX];

    snprintf(path, sizeof path, "%s/%s", stand_path(p->stand, "kernel"), name);
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    int rc = fs_mkdirs(folder, 0755, e);
    return rc < 0 ? rc : fs_write_atomic(path, text, strlen(text), 0644, e);
}

int line_state(struct play *p, const char *state, struct err *e)
{
    char request[STAND_PATH_MAX + 16];
    int rc = -ERR_NOTFOUND;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *const files[][2] = {{"sys/class/net/eth0/device/is", ""},
                                        {"sys/class/net/eth0/flags", "0x1003\n"},
                                        {"sys/class/net/eth0/carrier", lines[i].carrier},
                                        {"sys/class/net/eth0/speed", "1000\n"},
                                        {"proc/self/net/route", lines[i].routes},
                                        {"proc/self/net/fib_trie", lines[i].own},
                                        {CONF, lines[i].conf}};

        if (strcmp(lines[i].state, state))
            continue;
        rc = 0;
        for (size_t f = 0; rc == 0 && f < sizeof files / sizeof *files; f++)
            rc = put(p, files[f][0], files[f][1], e);
    }
    if (rc == -ERR_NOTFOUND)
        return err_set(e, ERR_INVALID, "system line plugged|fixed|unplugged|no-address");
    snprintf(request, sizeof request, "machine %s", stand_path(p->stand, "kernel"));
    return rc < 0 ? rc : stand_control(p->stand, PROGRAM_SYNC, request, NULL, e);
}
