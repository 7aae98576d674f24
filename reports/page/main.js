// Puts the page together.

const results = JSON.parse(document.getElementById('results').textContent);
const fill = (id, content) => document.getElementById(id).append(...content.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
fill('summary', summary_section(results));
fill('tables', tables_section(results));
fill('figures', figures_section(results));
fill('claims', claims_section(results));
fill('run', run_section(results));
apply_filter();
follow_hash();
addEventListener('hashchange', follow_hash);

addEventListener('keydown', (e) => {
  if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || document.activeElement?.id === 'text') return;
  e.preventDefault();
  document.getElementById('text').focus();
});
dark_scheme.addEventListener('change', redraw_all);
let waiting = 0;
addEventListener('resize', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => drawings.forEach((state, plot) => state.width && draw(plot)), 150);
});
// Paper shows everything at once.
addEventListener('beforeprint', () => {
  typeset_all(document);
  drawings.forEach((_, plot) => draw(plot));
});
document.documentElement.dataset.ready = 'true';
