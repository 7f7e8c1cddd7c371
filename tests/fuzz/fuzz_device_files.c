/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a printer's profile, as devices.json, as printers.json and as cards.json. The first byte says which. A
 * profile that is taken must be one the layout can work with.
 */
#include "drivers/idcard/cards.h"
#include "drivers/printer/known.h"
#include "drivers/printer/profile.h"
#include "drivers/usb/bind.h"
#include "tests/fuzz/folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fallback[] = "{\"about\":\"what every printer can do\"}";

static void as_profile(const uint8_t *data, size_t size)
{
    const struct usb_info info = {.vendor = 0x1234, .product = 0x5678};
    const char *why;
    struct profiles *all = NULL;

    folder_write("profiles/" PROFILE_FALLBACK ".json", fallback, sizeof fallback - 1);
    folder_write("profiles/one.json", data, size);
    char path[64];
    snprintf(path, sizeof path, "%s/profiles", folder);
    if (profiles_load(path, &all, NULL) == 0) {
        const struct profile *p = profiles_by_name(all, "one");

        if (!p || p->dots < 256 || p->dots % 8 || p->dots_per_mm < 1 || p->mm_per_s < 1 || p->scale_max < 1 ||
            p->band_rows < 1 || p->n_matches > PROFILE_MATCHES_MAX)
            abort();
        if (!profiles_match(all, &info, &why) || !memchr(p->name, 0, sizeof p->name))
            abort();
    }
    profiles_free(all);
}

static void as_devices(const uint8_t *data, size_t size)
{
    static const char *const ports[DEVICE_ROLES] = {"", "1-2", ""};
    const struct usb_info info = {.vendor = 0x0fe6, .product = 0x811e, .port = "1-1"};
    struct bind_candidate one = {.info = &info, .can = 7, .hint = -1, .role = -1};
    struct bind_config c = {0};

    folder_write(BIND_FILE, data, size);
    if (bind_read(folder, &c, NULL) < 0)
        return;
    bind_profile(&c, &info);
    bind_choose(&c, ports, &one, 1);
    if (one.role < -1 || one.role >= DEVICE_ROLES)
        abort();
}

/* What cannot be read is begun anew: there is always an entry, and it is written. */
static void as_known(const uint8_t *data, size_t size)
{
    const struct usb_info info = {.vendor = 0x0fe6, .product = 0x811e, .port = "1-1"};

    folder_write(KNOWN_FILE, data, size);
    struct known *k = known_open(folder);
    if (!known_printer(k, &info))
        abort();
    known_close(k);
}

/* The same of the count of cards. */
static void as_cards(const uint8_t *data, size_t size)
{
    struct cards c;

    folder_write(CARDS_FILE, data, size);
    cards_open(&c, folder);
    if (c.read < 0 || c.since < 0)
        abort();
    cards_read(&c);
    cards_close(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size && data[0] == 'k')
        as_known(data + 1, size - 1);
    else if (size && data[0] == 'c')
        as_cards(data + 1, size - 1);
    else if (size)
        (data[0] == 'd' ? as_devices : as_profile)(data + 1, size - 1);
    return 0;
}
