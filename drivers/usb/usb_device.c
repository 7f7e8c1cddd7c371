/* SPDX-License-Identifier: Apache-2.0
 *
 * One device: what its descriptors say, and opening it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/must.h"
#include "drivers/usb/strings.h"
#include "drivers/usb/usb_internal.h"

void *usb_alloc(size_t size)
{
    void *p = calloc(1, size);
    must(p, "out of memory");
    return p;
}

/* --- what it says of itself ------------------------------------------------------------------------------------------- */

static void read_interface(const struct libusb_interface_descriptor *d, struct usb_interface *ret)
{
    *ret = (struct usb_interface){.number = d->bInterfaceNumber,
                                  .alternate = d->bAlternateSetting,
                                  .class_ = d->bInterfaceClass,
                                  .subclass = d->bInterfaceSubClass,
                                  .protocol = d->bInterfaceProtocol};
    for (int i = 0; i < d->bNumEndpoints && i < USB_ENDPOINTS_MAX; i++) {
        const struct libusb_endpoint_descriptor *ep = &d->endpoint[i];
        ret->endpoints[ret->n_endpoints++] = (struct usb_endpoint){
            .address = ep->bEndpointAddress, .type = ep->bmAttributes & 3, .max_packet = ep->wMaxPacketSize & 0x7FF};
    }
}

static void read_configuration(const struct libusb_config_descriptor *config, struct usb_info *info)
{
    for (int i = 0; i < config->bNumInterfaces; i++) {
        const struct libusb_interface *in = &config->interface[i];
        for (int k = 0; k < in->num_altsetting && info->n_all < USB_INTERFACES_MAX; k++) {
            read_interface(&in->altsetting[k], &info->interfaces[info->n_all]);
            info->interfaces[info->n_all++].configuration = config->bConfigurationValue;
        }
    }
}

/* The active one first; an unconfigured device counts as being in its first. */
static void read_configurations(libusb_device *device, int n, struct usb_info *info)
{
    struct libusb_config_descriptor *config;
    if (libusb_get_active_config_descriptor(device, &config) < 0 && libusb_get_config_descriptor(device, 0, &config) < 0)
        return;
    info->configuration = config->bConfigurationValue;
    read_configuration(config, info);
    info->n_interfaces = info->n_all;
    libusb_free_config_descriptor(config);
    for (int i = 0; i < n; i++) {
        if (libusb_get_config_descriptor(device, (uint8_t)i, &config) < 0)
            continue;
        if (config->bConfigurationValue != info->configuration)
            read_configuration(config, info);
        libusb_free_config_descriptor(config);
    }
}

static void read_port(libusb_device *device, struct usb_info *info)
{
    uint8_t ports[7]; /* USB 3.0: at most seven tiers */
    int n = libusb_get_port_numbers(device, ports, sizeof ports);
    int used = snprintf(info->port, sizeof info->port, n > 0 ? "%d" : "usb%d", info->bus); /* usb1: a bus's own hub */
    for (int i = 0; i < n && (size_t)used < sizeof info->port; i++)
        used += snprintf(info->port + used, sizeof info->port - (size_t)used, "%c%d", i == 0 ? '-' : '.', ports[i]);
}

struct usb_device *usb_new_device(struct usb *u, libusb_device *device)
{
    struct libusb_device_descriptor d;
    if (libusb_get_device_descriptor(device, &d) < 0)
        return NULL;
    struct usb_device *new = usb_alloc(sizeof *new);
    new->usb = u;
    new->device = libusb_ref_device(device);
    new->info = (struct usb_info){.vendor = d.idVendor,
                                  .product = d.idProduct,
                                  .release = d.bcdDevice,
                                  .bus = libusb_get_bus_number(device),
                                  .address = libusb_get_device_address(device)};
    read_port(device, &new->info);
    usb_strings_read(&new->info);
    read_configurations(device, d.bNumConfigurations, &new->info);
    return new;
}

void usb_free_device(struct usb_device *d)
{
    libusb_unref_device(d->device);
    free(d);
}

void usb_each(const struct usb *u, void (*fn)(void *ctx, const struct usb_device *d), void *ctx)
{
    for (const struct usb_device *d = u->devices; d; d = d->next)
        fn(ctx, d);
}

const struct usb_info *usb_info(const struct usb_device *d)
{
    return &d->info;
}

/* --- opening ---------------------------------------------------------------------------------------------------------- */

/* Drivers of the old configuration hold it: they go first. */
static int set_configuration(libusb_device_handle *lh, const struct usb_info *info, uint8_t value)
{
    if (value == info->configuration)
        return 0;
    for (int i = 0; i < info->n_interfaces; i++)
        libusb_detach_kernel_driver(lh, info->interfaces[i].number);
    return libusb_set_configuration(lh, value);
}

static int set_alternate(libusb_device_handle *lh, const struct usb_info *info, const struct usb_interface *f)
{
    int n = 0;
    for (int i = 0; i < info->n_all; i++)
        n += info->interfaces[i].number == f->number && info->interfaces[i].configuration == f->configuration;
    return n > 1 ? libusb_set_interface_alt_setting(lh, f->number, f->alternate) : 0;
}

static int claim(libusb_device_handle *lh, const struct usb_info *info, const struct usb_interface *f, bool set)
{
    libusb_set_auto_detach_kernel_driver(lh, 1);
    int rc = set ? set_configuration(lh, info, f->configuration) : 0;
    if (rc == 0)
        rc = libusb_claim_interface(lh, f->number);
    return rc == 0 && set ? set_alternate(lh, info, f) : rc;
}

static int open_interface(struct usb_device *d, const struct usb_interface *f, bool set, struct usb_handle **ret,
                          struct err *e)
{
    libusb_device_handle *lh;
    int rc = libusb_open(d->device, &lh);
    if (rc < 0)
        return err_set(e, (enum err_code) - usb_error(rc), "open the device at %s: %s", d->info.port, libusb_strerror(rc));
    rc = claim(lh, &d->info, f, set);
    if (rc < 0) {
        libusb_close(lh);
        return err_set(e, (enum err_code) - usb_error(rc), "claim interface %d of the device at %s: %s", f->number,
                       d->info.port, libusb_strerror(rc));
    }
    if (set)
        d->info.configuration = f->configuration;
    struct usb_handle *h = usb_alloc(sizeof *h);
    *h = (struct usb_handle){.usb = d->usb, .device = d->device, .h = lh, .interface = *f, .next = d->usb->handles};
    d->usb->handles = h;
    *ret = h;
    return 0;
}

int usb_open(struct usb_device *d, int interface, struct usb_handle **ret, struct err *e)
{
    for (int i = 0; i < d->info.n_interfaces; i++) {
        if (d->info.interfaces[i].number == interface)
            return open_interface(d, &d->info.interfaces[i], false, ret, e);
    }
    return err_set(e, ERR_NOTFOUND, "the device at %s has no interface %d", d->info.port, interface);
}

int usb_open_setting(struct usb_device *d, const struct usb_interface *f, struct usb_handle **ret, struct err *e)
{
    return open_interface(d, f, true, ret, e);
}
