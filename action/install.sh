#!/usr/bin/env bash
# Downloads the binary of a release, compares its digest, and puts it on the PATH of the steps that follow.
set -euo pipefail
. "$GITHUB_ACTION_PATH/action/common.sh"

version=${COPYDESK_VERSION#v}
if [ "$version" = installed ]; then
    binary=$(command -v copydesk) || give_up "copydesk not found on the PATH; install it in an earlier step"
    set_output binary "$binary"
    exit 0
fi
if [ -z "$version" ]; then
    # The action and the binary are released together.
    version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)
fi
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || give_up "invalid version '$version'; expected a version such as 1.2.3"

case ${RUNNER_OS-}-${RUNNER_ARCH-} in
    Linux-X64) target=x86_64-unknown-linux-musl ;;
    Linux-ARM64) target=aarch64-unknown-linux-musl ;;
    macOS-X64) target=x86_64-apple-darwin ;;
    macOS-ARM64) target=aarch64-apple-darwin ;;
    Windows-X64) target=x86_64-pc-windows-msvc ;;
    Windows-ARM64) target=aarch64-pc-windows-msvc ;;
    *) give_up "no binary is available for ${RUNNER_OS-} on ${RUNNER_ARCH-}; build copydesk and set version: installed" ;;
esac
suffix=
[ "$RUNNER_OS" != Windows ] || suffix=.exe

# The runner keeps actions in _actions/OWNER/NAME/REF, and tells a composite action its name in no other way.
place=${GITHUB_ACTION_PATH//\\//}
[[ $place =~ /_actions/([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)/ ]] ||
    give_up "a local copy of the action has no releases; build copydesk and set version: installed"
repository=${BASH_REMATCH[1]}/${BASH_REMATCH[2]}

name=copydesk-v$version-$target
url=https://github.com/$repository/releases/download/v$version/$name.tar.gz
folder=$RUNNER_TEMP/copydesk-v$version
mkdir -p "$folder"
download() {
    curl --fail --silent --show-error --location --proto =https --proto-redir =https --tlsv1.2 --retry 3 \
        --output "$2" "$1" || give_up "$1 cannot be downloaded"
}
download "$url" "$folder/archive.tar.gz"
expected=${COPYDESK_SHA256-}
if [ -z "$expected" ]; then
    download "$url.sha256" "$folder/sha256"
    read -r expected _ <"$folder/sha256" || true
fi
[[ $expected =~ ^[0-9a-f]{64}$ ]] || give_up "the digest of $name.tar.gz is not 64 hexadecimal digits"
if command -v sha256sum >/dev/null 2>&1; then digest=sha256sum; else digest='shasum -a 256'; fi
# From standard input, as names with a backslash get another form.
found=$($digest <"$folder/archive.tar.gz")
[ "${found%% *}" = "$expected" ] || give_up "wrong digest of $name.tar.gz: expected $expected, found ${found%% *}"

# Standard input again: to GNU tar, `D:` is another machine.
tar -xzf - -C "$folder" --strip-components 1 "$name/copydesk$suffix" <"$folder/archive.tar.gz"
rm "$folder/archive.tar.gz"
set_output binary "$folder/copydesk$suffix"
printf '%s\n' "$folder" >>"$GITHUB_PATH"
