/* SPDX-License-Identifier: Apache-2.0
 *
 * The printer's side of mask.h.
 */
#ifndef DRIVERS_CAPTURE_MASK_ESCPOS_H
#define DRIVERS_CAPTURE_MASK_ESCPOS_H

#include "drivers/capture/mask.h"

void mask_escpos(struct mask *m, uint8_t *data, size_t len);

#endif
