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
keep_figures_fitting();
document.documentElement.dataset.ready = 'true';
