/* SPDX-License-Identifier: Apache-2.0
 *
 * Any line that says it was found on the way to the hall: what is taken of it may be shown, fits, and is said again as the
 * same line. And any text as one of the kernel's: what is read of it ends in its place.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sync/machine_net.h"
#include "wire/uplink_word.h"

static void as_line(const char *text)
{
    struct uplink_found f;
    struct peer_line p, again;
    char says[400];

    if (strchr(text, '\n') || peer_decode(text, PEER_FROM_PEER, &p) < 0 || p.kind != PEER_UPLINK ||
        uplink_word_take(&p, &f) < 0)
        return;
    uplink_word_put(&f, &again);
    if (strcmp(again.reason, p.reason) || again.ms != p.ms || strcmp(again.bytes, p.bytes) || !uplink_what_ok(f.what))
        abort();
    uplink_found_says(&f, LANGUAGE_ZH_CN, says, sizeof says);
}

static void as_kernels(const char *text)
{
    struct machine_net m = {.card = "eth0", .gateway = "10.3.2.1"};
    char shown[UPLINK_WHAT_MAX + 1];

    machine_net_routes4(text, &m);
    machine_net_routes6(text, &m);
    machine_net_address4(text, text, &m);
    machine_net_address6(text, &m);
    machine_net_neighbours(text, &m);
    machine_net_servers(text, &m);
    uplink_what(shown, text);
    if (strlen(m.card) > MACHINE_CARD_MAX || !uplink_what_ok(shown))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = malloc(len + 1);

    if (!text)
        return 0;
    memcpy(text, data, len);
    text[len] = '\0';
    as_line(text);
    as_kernels(text);
    free(text);
    return 0;
}
