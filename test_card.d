test_card.o: tests/session/test_card.c tests/session/play.h \
  firmware/base/clock.h firmware/base/text.h firmware/session/internal.h \
  firmware/session/session.h firmware/model/card_fault.h \
  firmware/model/strings.h build/release/gen/strings.inc \
  firmware/model/card_fault.def firmware/model/ticket.h \
  firmware/session/effect.h firmware/model/composing.h \
  firmware/model/device.h firmware/model/device.def \
  firmware/model/identity.h firmware/model/item.h firmware/model/form.h \
  firmware/model/ink.h firmware/model/paper.h firmware/model/record.h \
  firmware/model/record.def firmware/session/view.h \
  firmware/model/demand.h firmware/model/division.h \
  firmware/model/first.h firmware/base/machine.h firmware/model/place.h \
  firmware/base/err.h firmware/base/err.def firmware/base/json.h \
  firmware/base/buf.h firmware/model/first_lack.def \
  firmware/model/install_facts.h firmware/model/number.h \
  firmware/model/opening.h firmware/model/outage.h \
  firmware/model/outage.def firmware/model/receipt.h \
  firmware/model/staff_facts.h firmware/model/update_now.h \
  firmware/session/screen.def firmware/session/screen_install.def \
  firmware/session/intent.h firmware/session/intent.def tests/test.h

tests/session/play.h:

firmware/base/clock.h:

firmware/base/text.h:

firmware/session/internal.h:

firmware/session/session.h:

firmware/model/card_fault.h:

firmware/model/strings.h:

build/release/gen/strings.inc:

firmware/model/card_fault.def:

firmware/model/ticket.h:

firmware/session/effect.h:

firmware/model/composing.h:

firmware/model/device.h:

firmware/model/device.def:

firmware/model/identity.h:

firmware/model/item.h:

firmware/model/form.h:

firmware/model/ink.h:

firmware/model/paper.h:

firmware/model/record.h:

firmware/model/record.def:

firmware/session/view.h:

firmware/model/demand.h:

firmware/model/division.h:

firmware/model/first.h:

firmware/base/machine.h:

firmware/model/place.h:

firmware/base/err.h:

firmware/base/err.def:

firmware/base/json.h:

firmware/base/buf.h:

firmware/model/first_lack.def:

firmware/model/install_facts.h:

firmware/model/number.h:

firmware/model/opening.h:

firmware/model/outage.h:

firmware/model/outage.def:

firmware/model/receipt.h:

firmware/model/staff_facts.h:

firmware/model/update_now.h:

firmware/session/screen.def:

firmware/session/screen_install.def:

firmware/session/intent.h:

firmware/session/intent.def:

tests/test.h:
