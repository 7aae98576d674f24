// node report.mjs REPORT.html FOLDER: opens the report in chromium as a reader would, and leaves screenshots in FOLDER.
// Exit codes: 0 all holds, 1 something does not, 77 skipped (no browser, or no playwright-core).
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { check, draw_figures, finish, open, out, report } from './page.mjs';

const { page, complaints } = await open({ viewport: { width: 1280, height: 900 } });
const results = JSON.parse(await page.$eval('#results', (e) => e.textContent));
const visible = () => page.$$eval('details.claim:not([hidden])', (list) => list.map((d) => d.id));

await check('one file below 4 MB', async () => assert.ok(statSync(report).size < 4 << 20, `${statSync(report).size} bytes`));
await check('ready soon', async () => {
  const ms = await page.evaluate(() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd);
  console.log(`${results.entries.length} claims, ${statSync(report).size} bytes, ready after ${Math.round(ms)} ms`);
  assert.ok(ms < 5000, `${ms} ms`);  // two seconds on a quiet machine; tests share theirs
});
await check('filter by paper', async () => {
  const paper = results.entries[0].paper;
  await page.selectOption('#paper', paper);
  assert.deepEqual(await visible(), results.entries.filter((e) => e.paper === paper && !e.canary).map((e) => e.id));
  await page.selectOption('#paper', '');
});
await check('filter by verdict and canaries', async () => {
  await page.selectOption('#verdict', 'refuted');
  await page.check('#canaries');
  assert.deepEqual((await visible()).sort(), results.entries.filter((e) => e.verdict === 'refuted').map((e) => e.id).sort());
  await page.uncheck('#canaries');
  await page.selectOption('#verdict', '');
});
await check('filter by text', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('no such words anywhere');
  assert.deepEqual(await visible(), []);
  assert.equal(await page.textContent('#shown'), 'no claim matches');
  await page.fill('#text', '');
});
await check('a claim folds out by keyboard', async () => {
  const first = results.entries.find((e) => !e.canary);
  const claim = page.locator(`[id="${first.id}"]`);
  await claim.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  await claim.locator('.body').waitFor({ state: 'visible', timeout: 5000 });
  assert.match(await claim.innerText(), /asyncert verify '/);
});
await check('an address opens its claim, a canary too', async () => {
  const canary = results.entries.find((e) => e.canary) ?? results.entries.at(-1);
  await page.evaluate((id) => { location.hash = encodeURIComponent(id); }, canary.id);
  await page.locator(`[id="${canary.id}"] .body`).waitFor({ state: 'visible', timeout: 5000 });
});
await check('every formula of every claim is typeset', async () => {
  const bad = await page.evaluate(async () => {
    document.querySelectorAll('details.claim').forEach((d) => { d.open = true; });
    await new Promise((r) => setTimeout(r, 500));
    typeset_all(document);
    const found = [...document.querySelectorAll('.katex-error')].map((e) => `${e.closest('[id]').id}: ${e.title}`);
    for (const e of document.querySelectorAll('.statement, figcaption, dd')) {
      const copy = e.cloneNode(true);
      copy.querySelectorAll('code, .katex').forEach((c) => c.remove());
      if (copy.textContent.includes('$')) found.push(`${e.closest('[id]').id}: a dollar sign is left in "${copy.textContent.slice(0, 80)}"`);
    }
    document.querySelectorAll('details.claim').forEach((d) => { d.open = false; });
    return [...found, ...[...document.fonts].filter((f) => f.status === 'error').map((f) => `font ${f.family}`)];
  });
  assert.deepEqual(bad, []);
});
await check('every figure has marks', async () => {
  await draw_figures(page);
  const empty = await page.$$eval('figure', (list) => list.filter((f) => ![...f.querySelectorAll('.plot .mark-line path, .plot .mark-symbol path, .plot .mark-rect path, .plot .mark-area path')]
    .some((p) => p.getBBox().width + p.getBBox().height > 1)).map((f) => f.id));
  assert.deepEqual(empty, []);
  assert.equal(await page.locator('figure .error').count(), 0);
  assert.ok((results.figures ?? []).length === 0 || (await page.locator('figure').count()) >= results.figures.length);
});
await check('a figure is saved as SVG and PNG', async () => {
  for (const type of ['svg', 'png']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('figure button', { hasText: type.toUpperCase() }).first().click()]);
    const file = path.join(out, `saved.${type}`);
    await download.saveAs(file);
    const bytes = readFileSync(file);
    assert.ok(type === 'svg' ? bytes.toString().startsWith('<svg') : bytes.subarray(1, 4).toString() === 'PNG');
  }
});
await check('tables mark what differs', async () => {
  const marked = (results.tables ?? []).flatMap((t) => t.rows.flat()).filter((c) => c.marked).length;
  assert.equal(await page.locator('#tables td.marked').count(), marked);
});
await check('no complaint on the console, no request', async () => assert.deepEqual(complaints, []));

/** Each view by itself, as far as it goes, cut at some screens. */
async function screenshots(name, options) {
  const { context, page: p, complaints: c } = await open(options);
  await draw_figures(p);
  const refuted = results.entries.find((e) => e.verdict === 'refuted' && !e.canary) ?? results.entries[0];
  await p.evaluate((id) => { document.getElementById(id).open = true; }, refuted.id);
  await p.evaluate(() => typeset_all(document));
  await check(`${name}: nothing is wider than the window`, async () => {
    const [wide, window_width] = await p.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= window_width, `${wide} > ${window_width}`);
  });
  for (const view of ['summary', 'tables', 'figures', 'claims', 'run']) {
    // The view alone, so that the browser need not lay out and paint the whole page for each picture.
    const height = await p.evaluate((id) => {
      for (const section of document.querySelectorAll('main > section')) section.hidden = section.id !== id;
      return document.getElementById(id).scrollHeight;
    }, view);
    await p.setViewportSize({ width: options.viewport.width, height: Math.min(height + 60, 5000) });
    await p.evaluate(() => scrollTo(0, 0));
    await p.screenshot({ path: path.join(out, `${name}-${view}.png`) });
  }
  await check(`${name}: no complaint`, async () => assert.deepEqual(c, []));
  await p.evaluate(() => document.querySelectorAll('main > section').forEach((section) => { section.hidden = false; }));
  if (name === 'wide') await p.pdf({ path: path.join(out, 'printed.pdf'), format: 'A4' });
  await context.close();
}
await screenshots('wide', { viewport: { width: 1280, height: 900 } });
await screenshots('narrow', { viewport: { width: 400, height: 800 } });
await screenshots('dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' });

await finish();
