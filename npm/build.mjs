#!/usr/bin/env node
// Makes the npm packages: `build.mjs main FOLDER` the one that people install, `build.mjs TARGET BINARY FOLDER` the one
// with the binary for a target. Version, description and licence are those of Cargo.toml, the platforms those of
// platforms.json, from which the release is built too. `build.mjs targets` prints the targets.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const platforms = JSON.parse(readFileSync(join(here, "platforms.json"), "utf8"));
const nameOf = (platform) => `copydesk-${platform.name}`;

/** A text or a list of texts of Cargo.toml's `[package]`, as it stands on one line; `undefined` where it is not there. */
function cargo(key) {
    const [, table] = /^\[package\]$([^]*?)^\[/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"));
    const line = new RegExp(`^${key} = (.*)$`, "m").exec(table);
    return line ? JSON.parse(line[1]) : undefined;
}

/** What all packages share; npm wants the same repository everywhere for its provenance. */
function common() {
    const url = cargo("repository");
    return {
        version: cargo("version"),
        license: `(${cargo("license")})`,
        ...(url && { homepage: url, repository: { type: "git", url: `git+${url.replace(/\.git$/, "")}.git` } }),
    };
}

function write(folder, manifest) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const file of ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"]) copyFileSync(join(root, file), join(folder, file));
}

function main(folder) {
    cpSync(join(here, "copydesk"), folder, { recursive: true });
    const machines = platforms.map(({ name, os, cpu, libc }) => ({ name, os, cpu, libc }));
    writeFileSync(join(folder, "platforms.json"), `${JSON.stringify(machines, null, 2)}\n`);
    const { version, ...rest } = common();
    write(folder, {
        name: "copydesk",
        version,
        description: cargo("description"),
        keywords: cargo("keywords"),
        ...rest,
        bin: { copydesk: "bin/copydesk.js" },
        files: ["bin", "platforms.json", "NOTICE", "LICENSE-*"],
        engines: { node: ">=18" },
        optionalDependencies: Object.fromEntries(platforms.map((it) => [nameOf(it), version])),
    });
}

function binary(platform, file, folder) {
    const bin = join(folder, "bin", platform.os === "win32" ? "copydesk.exe" : "copydesk");
    mkdirSync(dirname(bin), { recursive: true });
    copyFileSync(file, bin);
    chmodSync(bin, 0o755);
    write(folder, {
        name: nameOf(platform),
        description: `The binary of copydesk for ${platform.target}`,
        ...common(),
        os: [platform.os],
        cpu: [platform.cpu],
        ...(platform.libc && { libc: [platform.libc] }),
        files: ["bin", "NOTICE", "LICENSE-*"],
        // Yarn keeps packages in archives, from which nothing can be run.
        preferUnplugged: true,
    });
}

const [what, ...rest] = process.argv.slice(2);
const platform = platforms.find((it) => it.target === what);
if (what === "targets") {
    console.log(platforms.map((it) => it.target).join("\n"));
} else if (what === "main" && rest.length === 1) {
    main(rest[0]);
} else if (platform && rest.length === 2) {
    binary(platform, ...rest);
} else {
    console.error("usage: build.mjs targets | main FOLDER | TARGET BINARY FOLDER, with one of the targets");
    process.exitCode = 2;
}
