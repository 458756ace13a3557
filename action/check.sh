#!/usr/bin/env bash
# Runs `copydesk check` for a step of GitHub Actions: annotations, the job's summary, outputs and the exit code.
set -euo pipefail
. "$GITHUB_ACTION_PATH/action/common.sh"

# Bytes that the summary of a step may have, says GitHub; a longer one is dropped.
readonly most_summary=1048576

# The parent of a merge of pull request and base is just what the merge was made with. Where something else is checked
# out, the base that the event names has to do.
base() {
    if [ "${GITHUB_EVENT_NAME-}" = pull_request ] && [ "$(commit HEAD)" = "${GITHUB_SHA-}" ] && commit 'HEAD^2' >/dev/null; then
        echo 'HEAD^1'
    else
        echo "$COPYDESK_BASE"
    fi
}

# Gives up where an input is neither true nor false: any other value would be taken for false.
ask_switch() {
    case $2 in
        true | false) ;;
        *) give_up "invalid value '$2' for $1: expected true or false" ;;
    esac
}

# Without a base there is no other config than that of the checkout. That is well where what is checked is trusted, as on a
# push to a branch of the repository; elsewhere the flag would do nothing for the changes that it is there for.
go_without_base() {
    [ "$COPYDESK_UNTRUSTED_CONFIG" = true ] || return 0
    [ "$COPYDESK_SINCE" != none ] || give_up "untrusted-config requires a base, but since is none"
    case ${GITHUB_EVENT_NAME-} in
        push | schedule | workflow_dispatch)
            echo "::notice title=copydesk::untrusted-config has no effect: $GITHUB_EVENT_NAME has no base to take the config from" ;;
        *) give_up "untrusted-config requires a base, but the event ${GITHUB_EVENT_NAME:-} has none; set since to the head of the\
 target branch" ;;
    esac
}

# The commit that a revision means; fails where it is not there.
commit() {
    git -C "$COPYDESK_WORKING_DIRECTORY" rev-parse --quiet --verify "$1^{commit}"
}

# Adds to `arguments` what the change is compared with.
add_since() {
    local since=$COPYDESK_SINCE found
    [ "$since" != auto ] || since=$(base)
    case $since in
        none | '')
            go_without_base
            return
            ;;
        -*) give_up "invalid value '$since' for since: expected a revision, auto or none" ;;
    esac
    found=$(commit "$since") || give_up "base revision not found: $since; set 'fetch-depth: 0' for actions/checkout,\
 or 'fetch-depth: 2' if it checks out the merge commit of a pull_request event"
    arguments+=("--since=$found")
    [ "$COPYDESK_UNTRUSTED_CONFIG" != true ] || arguments+=(--untrusted-config)
}

# Adds the words of `args`. xargs knows quotes and backslashes, and expands nothing.
add_words() {
    local word
    # Without a word it would make an empty one.
    [ -n "${COPYDESK_ARGS//[[:space:]]/}" ] || return 0
    printf '%s' "$COPYDESK_ARGS" | xargs printf '%s\0' >"$scratch/words" 2>/dev/null ||
        give_up "unclosed quotation mark in args"
    while IFS= read -r -d '' word; do
        arguments+=("$word")
    done <"$scratch/words"
}

# Adds the paths, which lead from the root of the workspace: so do those in annotations then.
add_paths() {
    local path folder=${COPYDESK_WORKING_DIRECTORY%/} paths=()
    while IFS= read -r path; do
        path=${path%$'\r'}
        [ -z "$path" ] || paths+=("$path")
    done <<<"$COPYDESK_PATHS"
    if [ "$folder" != . ]; then
        # bash 3.2 takes an empty list for one that is not set.
        paths=(${paths[@]+"${paths[@]/#/$folder/}"})
        [ ${#paths[@]} -gt 0 ] || paths=("$folder")
    fi
    arguments+=(-- ${paths[@]+"${paths[@]}"})
}

# Prints a file in which the runner obeys nothing: what pages say is none of its commands.
print_safely() {
    local token
    token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '::stop-commands::%s\n' "$token"
    cat "$1"
    printf '\n::%s::\n' "$token"
}

# A count of the report's summary, which is its end. A page cannot forge it: quotes in its texts have a backslash.
count() {
    LC_ALL=C sed -n 's/.*"summary":{[^}]*"'"$1"'":\([0-9]\{1,\}\).*/\1/p' "$scratch/report.json" | tail -n 1
}

tell_outputs() {
    local name
    set_output exit-code "$1"
    for name in errors warnings infos files; do
        set_output "$name" "$(count "$name")"
    done
}

# A change can bring a folder of the report's name, whose files would be uploaded as the report, or a link at any part of
# the path, which leads the report to where it should not be.
ask_sarif_file() {
    local path=$COPYDESK_SARIF_FILE part at=
    [ ! -d "$path" ] || give_up "sarif-file '$path' is a directory"
    case $path in
        "$GITHUB_WORKSPACE"/*) at=$GITHUB_WORKSPACE/ path=${path#"$GITHUB_WORKSPACE"/} ;;
        # Outside the workspace, a change has no say in what the folders are.
        /* | [A-Za-z]:*) at=${path%/*}/ path=${path##*/} ;;
    esac
    while [ -n "$path" ]; do
        part=${path%%/*}
        at=$at$part
        [ ! -L "$at" ] || give_up "sarif-file '$COPYDESK_SARIF_FILE' contains a symbolic link: $at"
        case $part in
            .[gG][iI][tT]) give_up "sarif-file '$COPYDESK_SARIF_FILE' is in a git directory" ;;
        esac
        case $path in
            */*) path=${path#*/} at=$at/ ;;
            *) path= ;;
        esac
    done
}

keep_sarif() {
    # Once more: the check took its time.
    ask_sarif_file
    cp -- "$scratch/report.sarif" "$COPYDESK_SARIF_FILE" || give_up "$COPYDESK_SARIF_FILE cannot be written"
    set_output sarif-file "$COPYDESK_SARIF_FILE"
}

add_summary() {
    local there new
    there=$(wc -c <"$GITHUB_STEP_SUMMARY")
    new=$(wc -c <"$scratch/summary.md")
    if [ $((there + new)) -le "$most_summary" ]; then
        cat "$scratch/summary.md" >>"$GITHUB_STEP_SUMMARY"
    else
        echo "::warning title=copydesk::the table of findings does not fit in the job summary"
    fi
}

case $COPYDESK_FAIL_ON in
    error | warning | info | never) ;;
    *) give_up "invalid value '$COPYDESK_FAIL_ON' for fail-on: expected error, warning, info or never" ;;
esac
ask_switch untrusted-config "$COPYDESK_UNTRUSTED_CONFIG"
ask_switch annotations "$COPYDESK_ANNOTATIONS"
ask_switch summary "$COPYDESK_SUMMARY"
cd "$GITHUB_WORKSPACE"
[ -z "$COPYDESK_SARIF_FILE" ] || ask_sarif_file
# For git, here and in copydesk. In a container the checkout belongs to another user, for which git refuses to read it. And
# a folder of the site that looks like a bare repository is none: its config would say what git has to run.
export GIT_CONFIG_COUNT=2 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
export GIT_CONFIG_KEY_1=safe.bareRepository GIT_CONFIG_VALUE_1=explicit
[ -d "$COPYDESK_WORKING_DIRECTORY" ] || give_up "working-directory not found: $COPYDESK_WORKING_DIRECTORY"
scratch=$(mktemp -d "$RUNNER_TEMP/copydesk.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
arguments=(--fail-on "$COPYDESK_FAIL_ON")
add_since
add_words
add_paths
formats=(--format "full=$scratch/full.txt" --format "json=$scratch/report.json")
[ "$COPYDESK_ANNOTATIONS" != true ] || formats+=(--format "github=$scratch/annotations")
[ "$COPYDESK_SUMMARY" != true ] || formats+=(--format "markdown=$scratch/summary.md")
[ -z "$COPYDESK_SARIF_FILE" ] || formats+=(--format "sarif=$scratch/report.sarif")

code=0
"$COPYDESK_BINARY" check "${formats[@]}" "${arguments[@]}" >"$scratch/said" 2>&1 || code=$?
[ ! -s "$scratch/said" ] || print_safely "$scratch/said"
if [ ! -s "$scratch/report.json" ]; then
    set_output exit-code "$code"
    give_up "$(head -c 2000 "$scratch/said")"
fi
print_safely "$scratch/full.txt"
[ "$COPYDESK_ANNOTATIONS" != true ] || cat "$scratch/annotations"
[ "$COPYDESK_SUMMARY" != true ] || add_summary
tell_outputs "$code"
[ -z "$COPYDESK_SARIF_FILE" ] || keep_sarif
exit "$code"
