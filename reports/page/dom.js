'use strict';
// Building blocks of the page: elements, text with formulas, words and numbers.

/** An element with attributes (functions become listeners) and children (strings, nodes, lists; null is nothing). */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const lazy = new IntersectionObserver((entries) => {
  for (const e of entries) if (e.isIntersecting) typeset(e.target);
}, { rootMargin: '800px' });

/** Turns the placeholder of a formula into the formula, once. */
function typeset(node) {
  if (!node.dataset.tex) return;
  const display = node.dataset.display === 'true';
  node.innerHTML = formulas.renderToString(node.dataset.tex, { throwOnError: false, strict: 'ignore', displayMode: display });
  delete node.dataset.tex;
  lazy.unobserve(node);
}
const typeset_all = (root) => root.querySelectorAll('[data-tex]').forEach(typeset);

/** Text with formulas between dollar signs and code between backticks, as a list of nodes; formulas are typeset when they come near. */
function rich(text) {
  const nodes = [];
  for (const part of String(text ?? '').split(/(\$\$[^$]+\$\$|\$[^$]+\$|`[^`]+`)/)) {
    if (part.length > 2 && part[0] === '$') {
      const display = part.startsWith('$$');
      const node = el('span', { class: 'tex', 'data-display': String(display) }, part);
      node.dataset.tex = part.replace(/^\$+|\$+$/g, '');
      lazy.observe(node);
      nodes.push(node);
    } else if (part.length > 2 && part[0] === '`') {
      nodes.push(el('code', {}, part.slice(1, -1)));
    } else if (part) {
      nodes.push(part);
    }
  }
  return nodes;
}

const verdicts = {
  proved: ['\u2713', 'exactly, or by certified enclosures'],
  supported: ['\u2248', 'by measurement or search'],
  refuted: ['\u2717', 'a counterexample is shown'],
  inconclusive: ['?', 'neither, at the precision or sample size allowed'],
  vacuous: ['\u2205', 'the hypothesis was not met, or the bound says nothing'],
  'not-testable': ['\u2013', 'with the reason'],
  error: ['!', 'the check itself failed'],
};
const family = (verdict) => (['proved', 'supported', 'refuted'].includes(verdict) ? verdict : 'open');
const badge = (verdict) => el('span', { class: `badge ${family(verdict)}` }, `${verdicts[verdict]?.[0] ?? '?'} ${verdict}`);

/** A number for reading: at most `digits` significant digits. */
function shown(value, digits = 4) {
  const x = Number(value);
  if (value === '' || value === null || !Number.isFinite(x)) return String(value);
  if (x !== 0 && (Math.abs(x) >= 1e6 || Math.abs(x) < 1e-4)) return x.toExponential(digits - 1).replace(/\.?0+e/, 'e');
  return String(Number(x.toPrecision(digits)));
}
/** Any tree as one line. */
function flat(value) {
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`;
  if (value && typeof value === 'object') return Object.entries(value).map(([k, v]) => `${k} = ${flat(v)}`).join(', ');
  return String(value);
}
const chips = (object) => el('ul', { class: 'chips' }, Object.entries(object).map(([k, v]) => el('li', {}, `${symbol(k)} = ${flat(v)}`)));
const plural = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;

function scrollable(table, label) {
  return el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': label }, table);
}
