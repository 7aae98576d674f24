// A page of figures alone.

const results = JSON.parse(document.getElementById('results').textContent);
document.title = `asyncert: ${results.title}`;
document.getElementById('gallery').append(...[
  el('h2', { id: 'gallery-title' }, results.title),
  el('p', {}, rich(results.summary)),
  chips(results.conditions),
  Object.keys(results.same).length > 0 && el('p', {}, 'The same at every point: ', flat(results.same), '.'),
  el('div', { class: 'gallery' }, results.figures.map(figure_card)),
  el('p', { class: 'quiet' }, el('code', {}, results.command)),
].filter(Boolean));
keep_figures_fitting();
document.documentElement.dataset.ready = 'true';
