#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# systemd-cryptenroll 257.13-1~deb13u1 (Debian 13): a LUKS2 volume whose key is sealed in one TPM is to be sealed in another, as
# after a main board was exchanged. Where the policy is the same, it says that this PCR set is already enrolled, does nothing and
# ends with 0; what it found is the first TPM's, which the new one cannot load. So the volume is taken for one that opens
# at the next start, and asks for its recovery key then, and after each further enrolment. --wipe-slot=tpm2 in a call of its own
# before it is the remedy: in the same call it keeps the slot that was found.
#
# Seen: "enrolling in the other TPM: 0, This PCR set is already enrolled, executing no operation."
#       "unlocking by the first: 0, by the other: not"; after wiping and enrolling anew "by the other: 0"
# Needs root and mmdebstrap, for a Debian 13 in a folder; the TPMs are swtpm's.
set -eu
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
cd "$work"
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | sort -u | grep -m1 -v security)
version=257.13-1~deb13u1
unshare --mount mmdebstrap --quiet --mode=root --variant=apt \
    --include="systemd-cryptsetup=$version,systemd=$version,cryptsetup-bin,swtpm,libtss2-tcti-swtpm0t64,libtss2-rc0t64,libtss2-esys-3.0.2-0t64,libtss2-mu-4.0.1-0t64" \
    trixie root "$mirror" 2>log || { tail -3 log >&2; exit 2; }

cat >root/tmp/inside <<'SH'
set -u
cd /tmp
for t in first other; do
    mkdir $t
    swtpm socket --tpm2 --tpmstate dir=/tmp/$t --ctrl type=unixio,path=/tmp/$t.sock.ctrl --server type=unixio,path=/tmp/$t.sock \
        --flags not-need-init,startup-clear --daemon --pid file=/tmp/$t.pid
done
truncate -s 32M disk
(umask 077 && head -c 32 /dev/urandom >key)
cryptsetup luksFormat --batch-mode --pbkdf pbkdf2 --pbkdf-force-iterations 1000 disk key
enrol() { # TPM [OPTION]
    systemd-cryptenroll --unlock-key-file=key --tpm2-device=swtpm:path=/tmp/$1.sock --tpm2-pcrs=7 ${2:-} disk >said 2>&1
}
unlocks() { # by making a recovery key: the device that unlocks is asked for its part
    systemd-cryptenroll --unlock-tpm2-device=swtpm:path=/tmp/$1.sock --recovery-key disk >/dev/null 2>&1 && echo 0 || echo not
}
enrol first
enrol other
echo "enrolling in the other TPM: $?, $(tail -n 1 said)"
echo "unlocking by the first: $(unlocks first), by the other: $(unlocks other)"
enrol other --wipe-slot=tpm2
echo "with --wipe-slot=tpm2: $?, by the first: $(unlocks first), by the other: $(unlocks other)"
systemd-cryptenroll --unlock-key-file=key --wipe-slot=tpm2 disk >/dev/null 2>&1
enrol other
echo "wiped and enrolled anew: by the first: $(unlocks first), by the other: $(unlocks other)"
for t in first other; do kill "$(cat $t.pid)"; done
SH
# shellcheck disable=SC2016
unshare --mount sh -c 'for d in proc dev sys; do mount --rbind /$d root/$d; done; exec chroot root bash /tmp/inside' | tee seen
diff seen - <<'TXT' || { echo "another behaviour than the one described" >&2; exit 1; }
enrolling in the other TPM: 0, This PCR set is already enrolled, executing no operation.
unlocking by the first: 0, by the other: not
with --wipe-slot=tpm2: 0, by the first: 0, by the other: not
wiped and enrolled anew: by the first: not, by the other: 0
TXT
