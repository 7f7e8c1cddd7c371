/* SPDX-License-Identifier: Apache-2.0
 *
 * What a printer says of itself when it is asked for its IEEE 1284 device id (USB printer class 1.1 §4.2.1): which languages
 * it understands. Label and page printers are of the same interface class as receipt printers; ESC/POS is rubbish to them.
 */
#ifndef DRIVERS_PRINTER_DEVICE_ID_H
#define DRIVERS_PRINTER_DEVICE_ID_H

#include <stddef.h>
#include <stdint.h>

#define DEVICE_ID_MAX 1024

enum device_id_kind { DEVICE_ID_RECEIPT, DEVICE_ID_LABEL, DEVICE_ID_PAGE };

/* `id` as GET_DEVICE_ID answers it, from its two bytes of length on; they are not believed beyond `len`. RECEIPT when it
 * understands ESC/POS or does not say, also when it is broken. Else *ret_language is the first language that tells what it
 * is: "TSPL", "ZPL" …, static. */
enum device_id_kind device_id_kind(const uint8_t *id, size_t len, const char **ret_language);

#endif
