# SPDX-License-Identifier: Apache-2.0
#
# libusbfs.so goes into programs with and without sanitizers, so it has none. Tests of what talks to USB are linked with it
# in front of libusb: the same library, the same order as under LD_PRELOAD.

USBFS_SOURCES := drivers/virtual/usbfs_preload.c drivers/virtual/usbfs/node.c drivers/virtual/usbfs/claim.c \
                 drivers/virtual/usbfs/udev.c drivers/virtual/descriptors.c
USBFS_CFLAGS := -std=c11 -g -O2 -fPIC -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
                -Wno-unused-parameter -fno-common

# no -D_FILE_OFFSET_BITS and no fortification here: both rename the functions that the library defines
$(B)/libusbfs.so: $(USBFS_SOURCES) drivers/virtual/usbfs/shim.h drivers/virtual/usbfs/node.h drivers/virtual/usbfs_wire.h drivers/virtual/descriptors.h
	@mkdir -p $(@D)
	$(CC) -I. $(USBFS_CFLAGS) -shared -Wl,-z,relro,-z,now -o $@ $(USBFS_SOURCES) -ldl -lpthread

USB_TESTS := $(filter $(B)/tests/usb/% $(B)/tests/capture/% $(B)/tests/idcard/% $(B)/tests/printer/% $(B)/tests/virtual/%,$(TESTS))
$(USB_TESTS): $(B)/libusbfs.so
$(USB_TESTS): LIBS := -Wl,--no-as-needed $(B)/libusbfs.so -Wl,-rpath,'$$ORIGIN/../..' $(LIBS)
