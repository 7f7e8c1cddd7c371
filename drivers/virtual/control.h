/* SPDX-License-Identifier: Apache-2.0
 *
 * The standard requests that only ask (USB 2.0 §9.4), answered from a model's descriptors.
 */
#ifndef DRIVERS_VIRTUAL_CONTROL_H
#define DRIVERS_VIRTUAL_CONTROL_H

#include "drivers/virtual/descriptors.h"
#include "drivers/virtual/device.h"

/* The setup packet's eight bytes. */
struct virtual_setup control_setup(const uint8_t *bytes);
/* At most s->length bytes into `data`: their number, or VIRTUAL_STALL. `halted`: a bit for each descriptors_place(). */
int control_answer(const struct virtual_device *d, const struct virtual_setting *setting, uint32_t halted,
                   const struct virtual_setup *s, uint8_t *data);

#endif
