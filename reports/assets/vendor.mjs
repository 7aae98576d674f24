// Makes vendor/: the libraries and fonts that every HTML report carries, as ASCII text, with their licences and checksums.
// Run `npm ci && npm run vendor` after a change of version. The C++ build reads vendor/ alone and needs neither node nor network.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// What ordinary formulas use; Fraktur, script, sans-serif and typewriter faces are left out.
const fonts = ['AMS-Regular', 'Caligraphic-Regular', 'Main-Bold', 'Main-Italic', 'Main-Regular', 'Math-BoldItalic', 'Math-Italic',
  'Size1-Regular', 'Size2-Regular', 'Size3-Regular', 'Size4-Regular'];

rmSync('vendor', { recursive: true, force: true });
mkdirSync('vendor');

const packages = new Set();
async function bundle(name, contents) {
  const result = await build({
    stdin: { contents, resolveDir: '.' }, bundle: true, minify: true, format: 'iife', globalName: name, charset: 'ascii',
    target: 'es2022', legalComments: 'none', metafile: true, write: false, logLevel: 'error',
  });
  for (const input of Object.keys(result.metafile.inputs)) {
    const match = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (match) packages.add(match[1]);
  }
  // Inside of a page's <script> these two would end the element or open a comment.
  return result.outputFiles[0].text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

writeFileSync('vendor/plots.js', await bundle('plots', `
  export { parse, View, Warn } from 'vega';
  export { compile } from 'vega-lite';
  export { Handler } from 'vega-tooltip';`));
writeFileSync('vendor/formulas.js', await bundle('formulas', `export { renderToString } from 'katex';`));

const dist = 'node_modules/katex/dist';
const css = readFileSync(`${dist}/katex.min.css`, 'utf8').replace(/@font-face\{[^}]*\}/g, (face) => {
  const font = face.match(/KaTeX_([A-Za-z0-9]+-[A-Za-z]+)\.woff2/)[1];
  if (!fonts.includes(font)) return '';
  const data = readFileSync(`${dist}/fonts/KaTeX_${font}.woff2`).toString('base64');
  return face.replace(/src:[^}]*/, `src:url(data:font/woff2;base64,${data}) format("woff2")`);
});
writeFileSync('vendor/formulas.css', css.replace(/[^\x00-\x7f]/g, (c) => `\\${c.codePointAt(0).toString(16)} `));

let licences = 'The bundles in this folder contain the packages below, in the versions of ../package-lock.json.\n';
for (const name of [...packages].sort()) {
  const folder = path.join('node_modules', name);
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
  licences += `\n==== ${name} ${about.version} (${about.license})\n\n`;
  licences += file ? readFileSync(path.join(folder, file), 'utf8').trim() + '\n' : `${JSON.stringify(about.author ?? '')}\n`;
}
writeFileSync('vendor/LICENSES.txt', licences);

const sums = readdirSync('vendor').sort().filter((f) => existsSync(`vendor/${f}`)).map((f) =>
  `${createHash('sha256').update(readFileSync(`vendor/${f}`)).digest('hex')}  ${f}\n`);
writeFileSync('vendor/SHA256SUMS', sums.join(''));
