// node gallery.mjs GALLERY.html FOLDER: opens a page of figures alone in chromium, wide and narrow, and leaves screenshots in FOLDER.
// Exit codes: 0 all holds, 1 something does not, 77 skipped (no browser, or no playwright-core).
import assert from 'node:assert/strict';
import path from 'node:path';

import { check, draw_figures, finish, open, out } from './page.mjs';

for (const [name, width] of [['wide', 1280], ['narrow', 400]]) {
  const { context, page, complaints } = await open({ viewport: { width, height: 900 } });
  const results = JSON.parse(await page.$eval('#results', (e) => e.textContent));
  await draw_figures(page);
  await check(`${name}: every figure is drawn`, async () => {
    assert.ok(results.figures.length > 0);
    assert.equal(await page.locator('.plot[data-drawn] svg').count(), results.figures.length);
  });
  await check(`${name}: title, fixed inputs, command`, async () => {
    const text = await page.textContent('main');
    for (const part of [results.title, results.summary, results.command]) assert.ok(text.includes(part), part);
    assert.equal(await page.locator('#gallery > .chips > li').count(), Object.keys(results.conditions).length);
  });
  await check(`${name}: nothing is wider than the window`, async () => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  });
  await check(`${name}: no complaint`, async () => assert.deepEqual(complaints, []));
  await page.screenshot({ path: path.join(out, `gallery-${name}.png`), fullPage: true });
  await context.close();
}
await finish();
