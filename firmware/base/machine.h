/* SPDX-License-Identifier: Apache-2.0
 *
 * Which system this machine was started with: the version its os-release names (IMAGE_VERSION), the slot the initramfs took
 * (/run/tongban-slot), and the image by its hash: the root hash of dm-verity, tongban.hash= on the kernel's command line,
 * which the firmware checked with the kernel. A machine that was set up by hand has none of them, and says so.
 */
#ifndef BASE_MACHINE_H
#define BASE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#define MACHINE_VERSION_MAX 22
#define MACHINE_IMAGE_LEN 32

struct machine {
    char version[MACHINE_VERSION_MAX + 1]; /* letters, digits and .-+~ alone; "": not started from an image */
    char slot;                             /* 'a', 'b'; '-': no slot */
    bool imaged;                           /* `image` is known */
    uint8_t image[MACHINE_IMAGE_LEN];
};

/* `root` stands before each path: "" on a machine, a folder in tests. What cannot be read is not known. */
void machine_read(const char *root, struct machine *ret);

#endif
