#!/usr/bin/env node
// Compiles src/native/bpf/*.bpf.c with clang into src/native/bpf_programs.cc: raw instructions, and where the loader must put the
// addresses of maps. The result is committed, so that nobody needs clang to measure. Needs the Debian packages clang, libc6-dev, linux-libc-dev.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';

const sourceFolder = join(import.meta.dirname, '../src/native/bpf');
const target = join(import.meta.dirname, '../src/native/bpf_programs.cc');

const instructionBytes = 8;
const functionSymbol = 2;
const relocationSection = 9;
const symbolSection = 2;

/** @returns {string | null} the compiler's release, such as `14.0.6`, or null where there is none */
export function clangRelease() {
  const { error, stdout } = spawnSync('clang', ['--version'], { encoding: 'utf8' });
  return error ? null : (/clang version (\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null);
}

/** @returns {string | null} the release that made the committed file */
export function committedRelease() {
  return /clang (\d+\.\d+\.\d+)/.exec(readFileSync(target, 'utf8'))?.[1] ?? null;
}

/** @returns {string} the text of bpf_programs.cc @throws {Error} with the compiler's messages */
export function compileBpf() {
  const folder = mkdtempSync(join(tmpdir(), 'mpps-bpf-'));
  try {
    const programs = readdirSync(sourceFolder)
      .filter((name) => name.endsWith('.bpf.c'))
      .sort()
      .flatMap((name) => programsOf(compile(join(sourceFolder, name), join(folder, `${name}.o`))));
    return text(programs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(source, object) {
  const headers = `/usr/include/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-target', 'bpf', '-mcpu=v2', '-I', headers, '-c', source, '-o', object];
  const { error, status, stderr } = spawnSync('clang', flags, { encoding: 'utf8' });
  if (error) throw new Error('build-bpf: clang is missing; Debian: apt-get install clang libc6-dev linux-libc-dev');
  if (status !== 0) throw new Error(`build-bpf: clang failed:\n${stderr}`);
  return readFileSync(object);
}

/** Reads the functions of a 64-bit little-endian ELF object, as man 5 elf has it. */
function programsOf(elf) {
  const headers = Number(elf.readBigUInt64LE(40));
  const sections = Array.from({ length: elf.readUInt16LE(60) }, (_, index) => {
    const at = headers + index * 64;
    return {
      name: elf.readUInt32LE(at),
      type: elf.readUInt32LE(at + 4),
      offset: Number(elf.readBigUInt64LE(at + 24)),
      size: Number(elf.readBigUInt64LE(at + 32)),
      link: elf.readUInt32LE(at + 40),
      info: elf.readUInt32LE(at + 44),
    };
  });
  const string = (table, at) => elf.toString('latin1', table.offset + at, elf.indexOf(0, table.offset + at));
  const names = sections[elf.readUInt16LE(62)];
  const symbolTable = sections.find(({ type }) => type === symbolSection);
  const symbols = Array.from({ length: symbolTable.size / 24 }, (_, index) => {
    const at = symbolTable.offset + index * 24;
    return {
      name: string(sections[symbolTable.link], elf.readUInt32LE(at)),
      type: elf[at + 4] & 15,
      section: elf.readUInt16LE(at + 6),
      value: Number(elf.readBigUInt64LE(at + 8)),
      size: Number(elf.readBigUInt64LE(at + 16)),
    };
  });
  return symbols
    .filter(({ type }) => type === functionSymbol)
    .map((program) => {
      const start = sections[program.section].offset + program.value;
      const instructions = Array.from({ length: program.size / instructionBytes }, (_, index) =>
        elf.readBigUInt64LE(start + index * instructionBytes),
      );
      const relocations = sections
        .filter(({ type, info }) => type === relocationSection && info === program.section)
        .flatMap(({ offset, size }) => Array.from({ length: size / 16 }, (_, index) => offset + index * 16))
        .map((at) => ({ at: Number(elf.readBigUInt64LE(at)) - program.value, symbol: symbols[elf.readUInt32LE(at + 12)] }))
        .filter(({ at }) => at >= 0 && at < program.size)
        .map(({ at, symbol }) => {
          const section = string(names, sections[symbol.section].name);
          // Shared memory has a section of its own, whose name names it; a map is one symbol among others in .maps.
          const isMap = section === '.maps';
          return { instruction: at / instructionBytes, map: isMap ? symbol.name : section.replace('.data.', ''), isMemory: !isMap };
        });
      return { name: program.name, instructions, relocations };
    });
}

function text(programs) {
  const body = programs.map(({ name, instructions, relocations }) => {
    const words = instructions.map((word) => `0x${word.toString(16).padStart(16, '0')}`);
    const rows = Array.from({ length: Math.ceil(words.length / 6) }, (_, row) => `    ${words.slice(row * 6, row * 6 + 6).join(', ')},`);
    const places = relocations.map(({ instruction, map, isMemory }) => `{${instruction}, "${map}", ${isMemory}}`);
    return `const BpfProgram ${name}_program{
    "${name}",
    {
${rows.map((row) => `    ${row}`).join('\n')}
    },
    {${places.join(', ')}},
};`;
  });
  return `// Made by scripts/build-bpf.mjs with clang ${clangRelease()} from bpf/*.bpf.c; do not edit.
#include "bpf_program.h"

namespace million_packets {

${body.join('\n\n')}

}  // namespace million_packets
`;
}

if (argv[1] === import.meta.filename) {
  writeFileSync(target, compileBpf());
  console.log(`build-bpf: wrote ${target}`);
}
