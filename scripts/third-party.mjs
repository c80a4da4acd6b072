import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonFile } from './bootstrap/json-file.mjs';
import { cloneDir } from './bootstrap/paths.mjs';

/** @typedef {{ name: string, version: string, licence: string, text: string }} ThirdPartyPackage */

/** Packages shipped next to the bundles: a native binding, a WebAssembly program, and Electron, whose distribution contains its own notices. */
const shippedUnbundled = ['keytar', '@journeyapps/wa-sqlite'];

/**
 * Collects the packages whose modules end up in a bundle. Add `plugin` to each build, then read `packages`.
 * @returns {{ plugin: import('vite').Plugin, packages: () => ThirdPartyPackage[] }}
 */
export function collectThirdParty() {
  const names = new Set(shippedUnbundled);
  return {
    plugin: {
      name: 'third-party',
      generateBundle(_options, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type !== 'chunk') continue;
          for (const id of part.moduleIds) {
            const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
            if (name) names.add(name);
          }
        }
      },
    },
    packages: () => [...names].sort().map(readPackage),
  };
}

/** The packages of rrweb contain no licence text; this is the copyright line of their repository. */
const rrwebCopyright =
  'Copyright (c) 2018 Contributors (https://github.com/rrweb-io/rrweb/graphs/contributors) and SmartX Inc.';

/** @param {string} name @returns {ThirdPartyPackage} */
function readPackage(name) {
  const folder = join(cloneDir, 'node_modules', name);
  const manifest = /** @type {{ version: string, license?: string }} */ (readJsonFile(join(folder, 'package.json')));
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(each));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `MIT License\n\n${rrwebCopyright}`;
  if (!file && !/^(@rrweb\/|rrweb)/.test(name))
    throw new Error(`The package ${name} contains no licence text: add its notice here.`);
  const licence =
    manifest.license ?? (/MIT License|Permission is hereby granted, free of charge/.test(text) ? 'MIT' : 'see text');
  return { name, version: manifest.version, licence, text };
}

/**
 * Returns the notices file: a table of the packages, then each licence text once with the packages that it covers.
 * @param {ThirdPartyPackage[]} packages
 */
export function formatNotices(packages) {
  /** @type {Map<string, string[]>} */
  const texts = new Map();
  for (const { name, text } of packages) texts.set(text, [...(texts.get(text) ?? []), name]);
  const rows = packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  const sections = [...texts].map(
    ([text, names]) => `## ${names.join(', ')}\n\n\`\`\`text\n${text.replace(/\r/g, '')}\n\`\`\``,
  );
  return [
    '# Third-party notices',
    'Casement contains these packages. Electron and Chromium bring notices of their own, which are next to the application.',
    ['| package | version | licence |', '| --- | --- | --- |', ...rows].join('\n'),
    ...sections,
    '',
  ].join('\n\n');
}
