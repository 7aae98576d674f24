// What the tests of a page share: a browser, checks that go on after one fails, a page opened from disk without network.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const [report, out] = process.argv.slice(2);
const skip = (why) => {
  console.log(`SKIPPED: ${why}`);
  process.exit(77);
};
const browser_path = [process.env.ASYNCERT_BROWSER, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => p && existsSync(p));
if (!browser_path) skip('no chromium is installed (scripts/install-packages --with-browser installs it)');
const { chromium } = await import('playwright-core').catch(() => skip('playwright-core is not installed (npm ci in tests/browser)'));

mkdirSync(out, { recursive: true });
export const browser = await chromium.launch({ executablePath: browser_path, args: ['--no-sandbox', '--disable-gpu'] });
const problems = [];
let checks = 0;
export async function check(name, body) {
  checks += 1;
  try {
    await body();
  } catch (error) {
    problems.push(`${name}: ${error.message.split('\n').slice(0, 6).join('\n    ')}`);
  }
}

export async function open(options) {
  const context = await browser.newContext({ offline: true, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') complaints.push(m.text()); });
  page.on('pageerror', (e) => complaints.push(String(e)));
  page.on('request', (r) => { if (!/^(file|data|blob):/.test(r.url())) complaints.push(`request to ${r.url()}`); });
  await page.goto(pathToFileURL(path.resolve(report)).href);
  await page.waitForSelector('html[data-ready]', { timeout: 20000 });
  return { context, page, complaints };
}

/** Scrolls through all figures until each is drawn. */
export async function draw_figures(page) {
  for (const plot of await page.$$('.plot')) {
    await plot.scrollIntoViewIfNeeded();
    await page.waitForFunction((p) => p.dataset.drawn || p.querySelector('.error'), plot, { timeout: 15000 });
  }
}

/** Says what does not hold and ends the process. */
export async function finish() {
  await browser.close();
  for (const p of problems) console.log(`FAILED ${p}`);
  console.log(`${checks - problems.length} of ${checks} checks hold`);
  process.exit(problems.length ? 1 : 0);
}
