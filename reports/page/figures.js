// Figures: from plain data to a Vega-Lite specification, drawn when they come near, saved as SVG or PNG.

// Okabe and Ito's colours, told apart by every kind of colour vision; dashes and shapes do the same in black and white.
const colours = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#7f7f7f', '#8a6d3b'];
const dashes = [[1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [14, 3], [1, 4], [6, 2, 1, 2, 1, 2]];
const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right', 'triangle-left'];
const greek = { alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', eta: 'η', theta: 'θ', kappa: 'κ', lambda: 'λ', lambda_min: 'λₘᵢₙ',
  lambda_max: 'λₘₐₓ', mu: 'μ', nu: 'ν', xi: 'ξ', rho: 'ρ', sigma: 'σ', tau: 'τ', phi: 'φ', omega: 'ω', 'theta_1': 'θ₁', 'theta_2': 'θ₂',
  'omega*': 'ω*', 'theta_omega*': 'θ_ω*' };
const subscript = (n) => String(n).replace(/[0-9]/g, (c) => '\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089'[c]);
/** Words that name a Greek letter as the letter, and a letter with a number as one with an index. */
const symbol = (text) => String(text).replace(/[A-Za-z_]+[0-9*]*/g, (word) => greek[word] ?? word.replace(/^([A-Za-z])_([0-9]+)$/, (_, letter, n) => letter + subscript(n)));

const superscript = (n) => String(n).replace(/[-0-9]/g, (c) => (c === '-' ? '\u207b' : '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079'[c]));

/** Ticks of a log axis: powers of ten, or 1-2-5 steps where the range is short. */
function log_ticks(low, high) {
  const first = Math.floor(Math.log10(low) + 1e-9), last = Math.ceil(Math.log10(high) - 1e-9);
  const values = [], labels = [];
  const stride = Math.max(1, Math.ceil((last - first) / 8));
  const mantissas = Math.log10(high / low) > 1.7 ? [1] : [1, 2, 5];
  for (let k = first; k <= last; k += stride) {
    for (const m of mantissas) {
      const v = Number(`${m}e${k}`);
      values.push(v);
      labels.push(mantissas.length === 1 && (k < -2 || k > 3) ? `10${superscript(k)}` : shown(v));
    }
  }
  return { values, labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]` };
}

/** The figure's points as rows; what a log axis cannot show is counted. */
function rows_of(figure) {
  const rows = [];
  let lost = 0;
  const fits = (axis, v) => axis.scale !== 'log' || v === undefined || v === null || v > 0;
  for (const s of figure.series) {
    s.x.forEach((x, i) => {
      const row = { s: s.name, i, x: figure.x.categories ? figure.x.categories[x] ?? String(x) : x, y: s.y?.[i] ?? null };
      if (s.lower) Object.assign(row, { lower: s.lower[i], upper: s.upper[i] });
      if (s.labels) row.label = s.labels[i];
      if (!fits(figure.x, x) || !fits(figure.y, row.y)) {
        lost += 1;
        if (!fits(figure.x, x)) return;
        row.y = null;
      }
      rows.push(row);
    });
  }
  if (figure.y.scale === 'log') {
    const smallest = Math.min(...rows.flatMap((r) => [r.y, r.lower, r.upper]).filter((v) => v > 0));
    for (const r of rows) {
      if (r.upper !== undefined && !(r.upper > 0)) delete r.lower, delete r.upper;
      else if (r.lower !== undefined && !(r.lower > 0)) r.lower = smallest;
    }
  }
  return { rows, lost };
}

function axis_encoding(figure, name, rows, fields, length) {
  const axis = figure[name];
  const title = symbol(axis.label) + (axis.unit ? ` (${axis.unit})` : '');
  if (axis.categories) return { field: name, type: 'nominal', sort: axis.categories, axis: { title, labelAngle: axis.categories.length > 4 ? -35 : 0, labelLimit: 160 } };
  const values = rows.flatMap((r) => fields.map((f) => r[f])).filter((v) => typeof v === 'number' && Number.isFinite(v));
  const bars = figure.series.some((s) => s.mark === 'bars');
  const encoding = { field: name, type: 'quantitative', scale: { zero: name === 'y' && bars, nice: name === 'y' || bars }, axis: { title, titleLimit: length, labelOverlap: true, tickCount: Math.max(3, Math.round(length / 75)), labelExpr: "replace(datum.label, regexp(',', 'g'), '')" } };
  if (axis.scale === 'log' && values.some((v) => v > 0)) {
    const low = Math.min(...values), high = Math.max(...values);
    encoding.scale = { type: 'log', nice: false, zero: false };
    const ticks = low > 0 && high > low ? log_ticks(low, high) : null;
    // A range that holds a single round number is better served by the library's own ticks.
    if (ticks && ticks.values.filter((v) => v >= low && v <= high).length > 1) Object.assign(encoding.axis, ticks, { tickCount: undefined });
  }
  if (axis.domain) encoding.scale.domain = axis.domain;
  else if (!bars && (name === 'y' || figure.series.some((s) => s.mark === 'points'))) encoding.scale.padding = 8;
  return encoding;
}

/** The Vega-Lite specification of a figure. */
function specification(figure, { width, dark, title }) {
  const ink = dark ? '#e6e8ec' : '#1b1d22', quiet = dark ? '#434955' : '#dcdfe6';
  const { rows } = rows_of(figure);
  const names = figure.series.map((s) => s.name);
  const height = Math.round(Math.min(340, Math.max(220, width * 0.6)));
  const x = axis_encoding(figure, 'x', rows, ['x'], width - 60), y = axis_encoding(figure, 'y', rows, ['y', 'lower', 'upper'], height);
  // Each series has a legend entry of its own, with its mark as in the plot.
  const entry = (s, i) => {
    const ink_of = colours[i % colours.length];
    const symbols = { line: { symbolType: 'stroke', symbolDash: dashes[i % dashes.length], symbolSize: 300, symbolStrokeWidth: 2.5, symbolStrokeColor: ink_of },
      points: { symbolType: shapes[i % shapes.length], symbolSize: 70, symbolStrokeWidth: 1.8, symbolStrokeColor: ink_of, symbolFillColor: 'transparent' },
      bars: { symbolType: 'square', symbolSize: 130, symbolStrokeWidth: 0.5, symbolStrokeColor: ink, symbolFillColor: ink_of },
      band: { symbolType: 'square', symbolSize: 130, symbolStrokeWidth: 1.5, symbolStrokeColor: ink_of, symbolFillColor: ink_of, symbolOpacity: 0.45 } };
    return { field: 's', type: 'nominal', scale: { domain: [s.name], range: [ink_of] },
      legend: names.length > 1 ? { title: null, labelLimit: width - 60, symbolOpacity: 1, ...symbols[s.mark] } : null };
  };
  const of = (s) => [{ filter: { field: 's', equal: s.name } }];
  const number = (field, name) => ({ field, title: name, type: 'quantitative', format: '.5~g' });
  const tooltip = (s) => [...(s.labels ? [{ field: 'label', title: 'claim' }] : []), { field: 's', title: 'series' },
    figure.x.categories ? { field: 'x', title: symbol(figure.x.label) } : number('x', symbol(figure.x.label)),
    ...(s.y ? [number('y', symbol(figure.y.label))] : []), ...(s.lower ? [number('lower', 'from'), number('upper', 'to')] : [])];
  const layers = [];
  figure.series.forEach((s, i) => {
    const transform = of(s);
    if (!s.lower || s.mark === 'points' || s.mark === 'bars') return;
    const region = s.mark === 'band', encoding = { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, tooltip: tooltip(s) };
    layers.push(region
      ? { transform, mark: { type: 'area', opacity: 0.3, line: false, stroke: colours[i % colours.length], strokeWidth: 1.5, strokeOpacity: 1, strokeDash: dashes[i % dashes.length] }, encoding: { ...encoding, color: entry(s, i) } }
      : { transform, mark: { type: 'area', opacity: 0.2, line: false, color: colours[i % colours.length] }, encoding });
  });
  figure.series.forEach((s, i) => {
    const transform = of(s), colour = colours[i % colours.length];
    if (s.mark === 'line') {
      layers.push({ transform, mark: { type: 'line', strokeWidth: 2.2, clip: true, strokeDash: dashes[i % dashes.length] }, encoding: { x, y, color: entry(s, i), order: { field: 'i' } } });
      layers.push({ transform, mark: { type: 'point', opacity: 0, size: 90, filled: true }, encoding: { x, y, tooltip: tooltip(s) } });
    } else if (s.mark === 'points') {
      if (s.lower) layers.push({ transform, mark: { type: 'rule', strokeWidth: 1.6, color: colour }, encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } } });
      layers.push({ transform, mark: { type: 'point', filled: false, strokeWidth: 1.8, size: 46, shape: shapes[i % shapes.length] },
        encoding: { x, y, color: entry(s, i), tooltip: tooltip(s) } });
    } else if (s.mark === 'bars') {
      layers.push(...bar_layers(figure, s, { transform, x, y, color: entry(s, i), ink, tooltip: tooltip(s) }));
    }
  });
  if (!figure.x.categories) {
    layers[0].params = [{ name: 'view', select: { type: 'interval', translate: '[mousedown, window:mouseup] > window:mousemove!', zoom: 'wheel![event.shiftKey]' }, bind: 'scales' }];
  }
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `${figure.title}. ${figure.caption}`.replace(/\$/g, ''),
    ...(title ? { title: { text: figure.title, subtitle: figure.source } } : {}),
    width, height, autosize: { type: 'fit-x', contains: 'padding' },
    background: title ? (dark ? '#14161a' : '#ffffff') : null, padding: 2,
    data: { values: rows }, layer: layers, resolve: { scale: { color: 'independent' } },
    config: {
      font: 'system-ui, sans-serif', view: { stroke: quiet },
      axis: { labelColor: ink, titleColor: ink, tickColor: quiet, domainColor: ink, gridColor: quiet, gridOpacity: 0.7, labelFontSize: 12, titleFontSize: 13, titleFontWeight: 500 },
      legend: { labelColor: ink, labelFontSize: 12.5, orient: 'bottom', direction: 'vertical', padding: 1, offset: 6, layout: { bottom: { direction: 'vertical', anchor: 'start', margin: 1 } } }, title: { color: ink, subtitleColor: ink, anchor: 'start' },
    },
  };
}

/** Bars over names stand side by side; over numbers they are as wide as the gap to their neighbour, and lie over each other. */
function bar_layers(figure, s, { transform, x, y, color, ink, tooltip }) {
  const bar_names = figure.series.filter((t) => t.mark === 'bars').map((t) => t.name), bars = bar_names.length;
  const side = figure.x.categories && bars > 1 ? { xOffset: { field: 's', scale: { domain: bar_names } } } : {};
  const place = { x, ...side };
  if (!figure.x.categories) {
    const sorted = [...s.x].sort((a, b) => a - b);
    const gaps = sorted.slice(1).map((v, i) => v - sorted[i]).filter((g) => g > 0);
    const half = (gaps.length ? Math.min(...gaps) : 1) / 2;
    transform = [...transform, { calculate: `datum.x - ${0.94 * half}`, as: 'left' }, { calculate: `datum.x + ${0.94 * half}`, as: 'right' }];
    place.x = { ...x, field: 'left' };
    place.x2 = { field: 'right' };
  }
  // A bar on a log axis has no zero to stand on: it starts below the smallest value.
  const positive = figure.series.flatMap((t) => [...(t.y ?? []), ...(t.lower ?? [])]).filter((v) => v > 0);
  const floor = figure.y.scale === 'log' && positive.length ? Math.min(...positive) / 2 : 0;
  const numeric = !figure.x.categories;
  const layers = [{ transform, mark: { type: numeric ? 'rect' : 'bar', opacity: bars > 1 && numeric ? 0.55 : 0.85, stroke: ink, strokeWidth: 0.5 },
    encoding: { ...place, y, y2: { datum: floor }, color, tooltip } }];
  if (s.lower) {
    const middle = figure.x.categories ? { x, ...side } : { x };
    layers.push({ transform, mark: { type: 'rule', strokeWidth: 2, color: ink }, encoding: { ...middle, y: { ...y, field: 'lower' }, y2: { field: 'upper' } } });
  }
  return layers;
}

const slack_top = 1e6;  // a bound that is looser than that is of no use, however much looser

/** Right over left side of every bound, sorted: how loose the bounds of each paper are. */
function slack_figure(results) {
  const series = [];
  for (const paper of papers_of(results)) {
    const points = results.entries.filter((e) => e.paper === paper.id && e.bound && ['proved', 'supported'].includes(e.verdict) && Number(e.slack) >= 0)
      .map((e) => ({ id: e.id, ratio: Number(e.slack) + 1 })).filter((p) => Number.isFinite(p.ratio)).sort((a, b) => a.ratio - b.ratio);
    if (points.length) series.push({ name: paper.id, mark: 'points', x: points.map((_, i) => (i + 0.5) / points.length), y: points.map((p) => Math.min(p.ratio, slack_top)), labels: points.map((p) => p.id) });
  }
  if (series.length === 0) return null;
  return {
    id: 'slack', paper: '', source: 'the ledger', title: 'How loose the bounds are',
    caption: 'Each point is a bound that holds; at 1 it is attained, at 100 the bound is a hundred times what was found, at the top a million times or more. A click on a point opens its claim.',
    x: { label: 'share of the paper\u2019s bounds, tightest first', unit: '', scale: 'linear', domain: [0, 1] },
    y: { label: 'right side / left side', unit: '', scale: 'log' }, series,
  };
}

function figures_section(results) {
  const figures = [slack_figure(results), ...(results.figures ?? [])].filter(Boolean);
  const groups = [{ id: '', title: 'All papers' }, ...papers_with(figures, results)];
  return [
    el('h2', { id: 'figures-title' }, 'Figures'),
    el('p', { class: 'quiet' }, figures.length ? 'Point at a curve for its values; drag to move, shift and wheel to zoom. Shaded bands and bars are intervals, ' +
      'with their meaning below the figure.' : 'This run computed no figures.'),
    groups.map((g) => {
      const own = figures.filter((f) => (f.paper ?? '') === g.id);
      return own.length ? [el('h3', {}, g.title), el('div', { class: 'gallery' }, own.map(figure_card))] : null;
    }),
  ];
}
function papers_with(figures, results) {
  const titles = new Map((results.papers ?? []).map((p) => [p.id, p.title]));
  return [...new Set(figures.map((f) => f.paper).filter(Boolean))].map((id) => ({ id, title: titles.get(id) ?? id }));
}

const drawings = new Map();  // plot element -> figure
const near = new IntersectionObserver((entries) => {
  for (const e of entries) if (e.isIntersecting) draw(e.target);
}, { rootMargin: '400px' });

function figure_card(figure) {
  const plot = el('div', { class: 'plot' });
  const bands = [...new Set((figure.series ?? []).map((s) => s.band).filter(Boolean))];
  const rigors = [...new Set((figure.series ?? []).map((s) => s.rigor).filter(Boolean))];
  const save = (type) => el('button', { type: 'button', click: () => save_figure(figure, type) }, `save ${type.toUpperCase()}`);
  const numbers = el('details', {}, el('summary', {}, 'numbers'));
  numbers.addEventListener('toggle', () => {
    if (numbers.open && numbers.children.length === 1) numbers.append(number_table(figure));
  });
  const card = el('figure', { id: `figure-${figure.id}` }, el('h4', {}, figure.title), el('div', { class: 'quiet' }, figure.source),
    figure.error ? el('p', { class: 'error' }, `This figure could not be computed: ${figure.error}`) : plot,
    el('figcaption', {}, el('p', {}, rich(figure.caption)),
      bands.length > 0 && el('p', { class: 'quiet' }, `Intervals: ${bands.join('; ')}.`),
      figure.conditions && chips(figure.conditions),
      rigors.length > 0 && el('p', { class: 'quiet' }, `Numbers: ${rigors.join(', ')}.`)),
    !figure.error && el('div', { class: 'tools' }, save('svg'), save('png'), numbers));
  if (!figure.error) {
    const { lost } = rows_of(figure);
    if (lost) card.querySelector('figcaption').append(el('p', { class: 'quiet' }, `${plural(lost, 'point')} at or below 0 cannot be shown on a log axis.`));
    drawings.set(plot, { figure, view: null, width: 0 });
    near.observe(plot);
  }
  return card;
}

function number_table(figure) {
  const { rows } = rows_of(figure);
  const bands = rows.some((r) => 'lower' in r);
  return scrollable(el('table', {}, el('thead', {}, el('tr', {}, ['series', figure.x.label, figure.y.label, ...(bands ? ['from', 'to'] : [])].map((c) => el('th', { scope: 'col' }, symbol(c))))),
    el('tbody', {}, rows.map((r) => el('tr', {}, el('td', {}, r.s), [r.x, r.y, ...(bands ? [r.lower, r.upper] : [])].map((v) =>
      el('td', { class: 'number' }, v === null || v === undefined ? '' : shown(v, 6))))))), `Numbers of ${figure.title}`);
}

const dark_scheme = matchMedia('(prefers-color-scheme: dark)');
const quiet_logger = { level: () => quiet_logger, error: (...m) => (console.error(...m), quiet_logger), warn: () => quiet_logger, info: () => quiet_logger, debug: () => quiet_logger };

const make_view = (figure, options) => new plots.View(plots.parse(plots.compile(specification(figure, options), { logger: quiet_logger }).spec), options.view);

async function draw(plot) {
  const state = drawings.get(plot), width = Math.floor(plot.clientWidth);
  if (width < 50 || state.width === width) return;
  state.width = width;
  state.view?.finalize();
  const tooltip = new plots.Handler({ disableDefaultStyle: true });
  try {
    state.view = make_view(state.figure, { width, dark: dark_scheme.matches, view: { renderer: 'svg', container: plot, hover: true, tooltip: tooltip.call, logger: quiet_logger } });
    await state.view.runAsync();
    plot.dataset.drawn = 'true';
    state.view.addEventListener('click', (_, item) => {
      if (item?.datum?.label) location.hash = encodeURIComponent(item.datum.label);
    });
  } catch (error) {
    plot.replaceChildren(el('p', { class: 'error' }, `This figure could not be drawn: ${error.message}`));
    console.error(error);
  }
}
const redraw_all = () => Promise.all([...drawings].filter(([, s]) => s.width).map(([plot, s]) => { s.width = 0; return draw(plot); }));

/** Saved images are light, with their title, 640 units wide. */
async function save_figure(figure, type) {
  const view = make_view(figure, { width: 640, dark: false, title: true, view: { renderer: 'none', logger: quiet_logger } });
  const url = type === 'svg'
    ? URL.createObjectURL(new Blob([await view.toSVG()], { type: 'image/svg+xml' }))
    : (await view.toCanvas(2)).toDataURL('image/png');
  view.finalize();
  el('a', { href: url, download: `${figure.id}.${type}` }).click();
}

/** Redraws when the colour scheme or the width changes; paper shows everything at once. */
function keep_figures_fitting() {
  dark_scheme.addEventListener('change', redraw_all);
  let waiting = 0;
  addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => drawings.forEach((state, plot) => state.width && draw(plot)), 150);
  });
  addEventListener('beforeprint', () => {
    typeset_all(document);
    drawings.forEach((_, plot) => draw(plot));
  });
}
