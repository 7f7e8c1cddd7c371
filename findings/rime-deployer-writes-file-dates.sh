#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# librime 1.8.5 (Debian 12: librime-bin 1.8.5+dfsg1-1): what `rime_deployer --build` compiles from a schema depends on the date
# of the schema's file. The date goes into the compiled schema, a checksum of that into the spelling table (*.prism.bin), at
# byte 37, which looks like a binary of the dictionary alone. So the same words, copied or checked out at another moment,
# make another file: a firmware image that holds a lexicon is not the same twice, and a signed list of files does not fit,
# while *.table.bin and *.reverse.bin, made beside it, are the same. Ours gives every schema one date before compiling.
#
# Seen: "prism differs: byte 37", "table same", "reverse same". Needs root and mmdebstrap, for a Debian 12 in a folder.
set -eu
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
cd "$work"
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | sort -u | grep -m1 -v security)
mmdebstrap --quiet --variant=apt --include=librime-bin=1.8.5+dfsg1-1,librime1=1.8.5+dfsg1-1 bookworm root "$mirror" 2>log ||
    { tail -3 log >&2; exit 2; }

mkdir root/one
cat >root/one/demo.schema.yaml <<'YAML'
schema: {schema_id: demo, name: demo, version: "1"}
engine: {processors: [speller], segmentors: [abc_segmentor], translators: [script_translator]}
speller: {alphabet: abcdefghijklmnopqrstuvwxyz}
translator: {dictionary: demo}
YAML
printf 'config_version: "1"\nschema_list: [{schema: demo}]\n' >root/one/default.yaml
printf -- '---\nname: demo\nversion: "1"\nsort: by_weight\n...\n人\tren\t1\n民\tmin\t1\n' >root/one/demo.dict.yaml
cp -r root/one root/other
touch -d '2020-01-01 00:00 UTC' root/one/*
touch -d '2021-01-01 00:00 UTC' root/other/*
for of in one other; do
    chroot root rime_deployer --build "/$of-user" "/$of" "/$of-made" >/dev/null 2>&1
done
for part in prism table reverse; do
    cmp root/one-made/demo.$part.bin root/other-made/demo.$part.bin >differ && echo "$part same" ||
        sed "s/.*differ: \(byte [0-9]*\).*/$part differs: \1/" differ
done | tee seen
printf 'prism differs: byte 37\ntable same\nreverse same\n' | diff seen - ||
    { echo "another behaviour than the one described" >&2; exit 1; }
