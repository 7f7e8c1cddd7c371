/* SPDX-License-Identifier: Apache-2.0
 *
 * A seccomp filter: socket(2) answers EAFNOSUPPORT for every family but AF_UNIX (and AF_NETLINK, by which libudev hears of
 * USB devices).
 */
#include "sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/socket.h>

static int refuse_family(scmp_filter_ctx filter, int family)
{
    const struct scmp_arg_cmp is_family = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)family, .datum_b = 0};

    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1, &is_family);
}

int sandbox_no_network(struct err *e)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int rc = filter ? 0 : -ENOMEM;

    for (int family = 0; rc == 0 && family < AF_MAX; family++)
        if (family != AF_UNIX && family != AF_NETLINK)
            rc = refuse_family(filter, family);
    if (rc == 0)
        rc = seccomp_load(filter);
    if (filter)
        seccomp_release(filter);
    return rc == 0 ? 0 : err_set(e, ERR_STATE, "give the network up: the kernel refused the filter (%d)", rc);
}
