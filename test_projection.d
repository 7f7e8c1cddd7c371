test_projection.o: tests/hall/store/test_projection.c tests/test.h \
  tests/hall/database.h tools/hall/store/sql.h firmware/base/err.h \
  firmware/base/err.def tools/hall/store/store.h firmware/model/number.h \
  firmware/base/clock.h firmware/model/record.h \
  firmware/model/record.def firmware/model/ticket.h \
  tools/hall/rules/sender.h firmware/wire/chain.h firmware/crypto/sign.h \
  firmware/crypto/keys.h firmware/base/buf.h tools/hall/store/where.h \
  firmware/base/text.h tools/hall/store/projection.h \
  firmware/wire/record.h tools/hall/store/store_queue.h \
  tools/hall/rules/lease.h firmware/wire/lease.h \
  firmware/wire/manifest.h firmware/base/json.h firmware/crypto/hash.h \
  tools/hall/store/take.h

tests/test.h:

tests/hall/database.h:

tools/hall/store/sql.h:

firmware/base/err.h:

firmware/base/err.def:

tools/hall/store/store.h:

firmware/model/number.h:

firmware/base/clock.h:

firmware/model/record.h:

firmware/model/record.def:

firmware/model/ticket.h:

tools/hall/rules/sender.h:

firmware/wire/chain.h:

firmware/crypto/sign.h:

firmware/crypto/keys.h:

firmware/base/buf.h:

tools/hall/store/where.h:

firmware/base/text.h:

tools/hall/store/projection.h:

firmware/wire/record.h:

tools/hall/store/store_queue.h:

tools/hall/rules/lease.h:

firmware/wire/lease.h:

firmware/wire/manifest.h:

firmware/base/json.h:

firmware/crypto/hash.h:

tools/hall/store/take.h:
