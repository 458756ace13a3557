#!/usr/bin/env node
// Finds the package with the binary for this machine and runs it: same arguments, same streams, same end.
"use strict";

const { spawn } = require("node:child_process");
const path = require("node:path");
const platforms = require("../platforms.json");

/** The libc that this Node runs on. */
function libc() {
    process.report.excludeNetwork = true; // Looking up names takes seconds.
    return process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
}

/** The binary for this machine, or `undefined` where no package with one is installed. */
function binary() {
    const fitting = platforms.filter((it) => it.os === process.platform && it.cpu === process.arch);
    const installed = fitting.flatMap((it) => {
        try {
            const manifest = require.resolve(`copydesk-${it.name}/package.json`);
            const file = process.platform === "win32" ? "copydesk.exe" : "copydesk";
            return [{ ...it, file: path.join(path.dirname(manifest), "bin", file) }];
        } catch {
            return [];
        }
    });
    // Lock files of npm before 11.11 say nothing of libc, so that those for both are installed.
    const mine = installed.length > 1 && libc();
    return (installed.find((it) => it.libc === mine) ?? installed[0])?.file;
}

/** Why there is no binary, and what to do. */
function complaint() {
    const here = `${process.platform} on ${process.arch}`;
    const names = platforms.map((it) => it.name).join(", ");
    if (!platforms.some((it) => it.os === process.platform && it.cpu === process.arch)) {
        return `copydesk: no binary is available for ${here}; supported platforms: ${names}`;
    }
    return (
        `copydesk: the optional dependency with the binary for ${here} is not installed; ` +
        "install without --omit=optional or --no-optional, on the same platform"
    );
}

function run(file) {
    const child = spawn(file, process.argv.slice(2), { stdio: "inherit" });
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    const pass = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    child.on("error", (error) => {
        console.error(`copydesk: cannot run ${file}: ${error.message}`);
        process.exitCode = 2;
    });
    child.on("exit", (code, signal) => {
        if (signal === null) {
            process.exitCode = code;
            return;
        }
        // Whoever started this sees the same end that the binary had.
        for (const other of signals) process.off(other, pass);
        process.kill(process.pid, signal);
    });
}

const file = binary();
if (file === undefined) {
    console.error(complaint());
    process.exitCode = 2;
} else {
    run(file);
}
