// The ledger: filters, and claims that fold out.

const claim_nodes = new Map();  // id -> {entry, node, text}

function claims_section(results) {
  const papers = papers_of(results);
  const select = (id, label, options) => el('label', {}, label, el('select', { id, input: apply_filter },
    el('option', { value: '' }, 'all'), options.map((o) => el('option', {}, o))));
  const groups = papers.map((paper) => el('section', { class: 'group', 'data-paper': paper.id }, el('h3', {}, paper.title),
    results.entries.filter((e) => e.paper === paper.id).map((e) => claim_node(e, results))));
  return [
    el('h2', { id: 'claims-title' }, 'Claims'),
    el('p', {}, 'Open a claim for both of its sides, where they were compared, how, and the command that repeats it. An id that ends in ',
      el('code', {}, '.printed'), ' is a statement as the paper prints it; the corrected one has the same id without that ending. The slack of ' +
      'an inequality is right over left side, less one: 0 where the bound is attained, negative where it fails.'),
    el('div', { class: 'filters', role: 'search' },
      select('paper', 'paper', papers.map((p) => p.id)), select('verdict', 'verdict', [...Object.keys(verdicts), 'left open']),
      el('label', {}, 'text', el('input', { id: 'text', type: 'search', placeholder: 'theorem, id, words  ( / )', input: apply_filter })),
      el('label', {}, el('input', { id: 'canaries', type: 'checkbox', input: apply_filter }), 'canaries'),
      el('span', { id: 'shown', role: 'status', class: 'quiet' })),
    groups,
  ];
}

function claim_node(entry, results) {
  const node = el('details', { class: `claim${entry.as_expected ? '' : ' differs'}`, id: entry.id, 'data-verdict': entry.verdict },
    el('summary', {}, badge(entry.verdict),
      el('span', { class: 'name' }, el('code', {}, entry.id), el('small', {}, entry.source, entry.canary ? ', canary' : '')),
      el('span', { class: 'statement' }, rich(entry.statement))));
  node.addEventListener('toggle', () => {
    if (node.open && node.children.length === 1) node.append(claim_body(entry, results));
  });
  const text = [entry.id, entry.source, entry.statement, entry.note, entry.method, entry.reason].join(' ').toLowerCase();
  claim_nodes.set(entry.id, { entry, node, text });
  return node;
}

function claim_body(entry, results) {
  const row = (term, ...content) => [el('dt', {}, term), el('dd', {}, ...content)];
  const reach = { domain: 'over the whole stated domain', instance: 'for the stated instance', sample: 'for points of a larger domain' };
  const command = `asyncert verify '${entry.id}' --show --effort ${results.options?.effort ?? 'quick'} --seed ${results.options?.seed ?? ''}`.trim();
  const copy = el('button', { type: 'button', click: () => {
    navigator.clipboard?.writeText(command).then(() => { copy.textContent = 'copied'; }, () => { copy.textContent = 'select and copy by hand'; });
  } }, 'copy');
  const more = entry.comparison_count - entry.comparisons.length;
  return el('div', { class: 'body' }, el('dl', {},
    row('verdict', badge(entry.verdict), ' ', rich(entry.reason),
      el('div', { class: 'quiet' }, `${entry.rigor}, ${reach[entry.coverage] ?? entry.coverage}; expected ${entry.expected}`)),
    entry.note && row('note', rich(entry.note)),
    entry.instead && row('instead', claim_link(entry.instead)),
    entry.no_correction && row('no correction', rich(entry.no_correction)),
    entry.method && row('how', rich(entry.method)),
    'slack' in entry && row('slack', `${shown(entry.slack)} `, el('span', { class: 'quiet' }, slack_words(entry))),
    (entry.hypotheses ?? []).length > 0 && row('hypotheses', entry.hypotheses.map((h) => el('div', {}, h.realised ? '\u2713 ' : '\u2717 not realised: ',
      rich(h.statement), h.detail && el('span', { class: 'quiet' }, ' (', rich(h.detail), ')')))),
    entry.comparisons.length > 0 && row('comparisons', entry.comparisons.map(comparison),
      more > 0 && el('p', { class: 'quiet' }, `and ${more} more; the command below shows the ones that decide`)),
    'boxes' in entry && row('boxes', `${entry.boxes} examined, ${entry.undecided_boxes} undecided`),
    'smallest_detectable_violation' in entry && row('would detect', `a violation of ${shown(entry.smallest_detectable_violation)} or more`),
    'seed' in entry && row('seed', String(entry.seed)),
    entry.data && row('data', chips(entry.data)),
    entry.uses && row('uses', entry.uses.map((id) => [claim_link(id), ' '])),
    'seconds' in entry && row('seconds', shown(entry.seconds, 2)),
    row('repeat', el('span', { class: 'repeat' }, el('code', {}, command), copy))));
}

function slack_words(entry) {
  const ratio = Number(entry.slack) + 1;
  if (!Number.isFinite(ratio) || ratio <= 0) return '';
  if (ratio < 1) return `the right side is only ${shown(ratio)} of the left`;
  return Number(entry.slack) === 0 ? 'attained: both sides are equal' : `the right side is ${shown(ratio)} times the left`;
}

function comparison(c) {
  return el('div', { class: `comparison${c.deciding ? ' deciding' : ''}` },
    el('div', {}, rich(c.label), c.deciding && el('span', { class: 'quiet' }, ' (deciding)')),
    el('div', { class: 'sides' }, el('span', {}, 'left'), el('span', {}, side(c.left)), el('span', {}, 'claimed'), el('span', {}, claimed[c.relation] ?? c.relation),
      el('span', {}, 'right'), el('span', {}, side(c.right)), margin(c)),
    c.instance && [el('span', { class: 'quiet' }, 'at '), chips(c.instance)]);
}
const claimed = { '<': 'left < right', '<=': 'left \u2264 right', '==': 'left = right', '!=': 'left \u2260 right' };

function side(m) {
  const text = [el('code', {}, m.value ?? m.text)];
  if (m.fraction && m.fraction.length < 80) text.push(' = ', el('code', {}, m.fraction));
  const kind = 'error_probability' in m ? `${m.rigor}, wrong with probability below ${shown(m.error_probability, 2)}` : m.rigor;
  text.push(el('span', { class: 'quiet' }, ` ${kind}`));
  return text;
}

/** right - left, as far as the page's double precision shows it. */
function margin(c) {
  const low = (m) => Number(m.value ?? m.lower), high = (m) => Number(m.value ?? m.upper);
  const from = low(c.right) - high(c.left), to = high(c.right) - low(c.left);
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
  const a = shown(from), b = shown(to);
  return [el('span', {}, 'margin'), el('span', {}, el('code', {}, a === b ? a : `${a} to ${b}`), el('span', { class: 'quiet' }, ' right \u2212 left'))];
}

function filter_claims(wanted) {
  const set = (id, value) => { document.getElementById(id).value = value ?? ''; };
  set('paper', wanted.paper);
  set('verdict', wanted.verdict === 'open' ? 'left open' : wanted.verdict);
  set('text', wanted.text);
  apply_filter();
}

function apply_filter() {
  const value = (id) => document.getElementById(id).value;
  const paper = value('paper'), verdict = value('verdict'), canaries = document.getElementById('canaries').checked;
  const words = value('text').toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0, all = 0;
  for (const { entry, node, text } of claim_nodes.values()) {
    const matches = (!paper || entry.paper === paper) && (canaries || !entry.canary) && words.every((w) => text.includes(w)) &&
      (!verdict || (verdict === 'left open' ? family(entry.verdict) === 'open' : entry.verdict === verdict));
    node.hidden = !matches;
    count += matches ? 1 : 0;
    all += canaries || !entry.canary ? 1 : 0;
  }
  for (const group of document.querySelectorAll('section.group')) group.hidden = !group.querySelector('details.claim:not([hidden])');
  document.getElementById('shown').textContent = count === 0 ? 'no claim matches' : `${count} of ${all} claims`;
}

/** Opens the claim that the address names, even if a filter hides it. */
function follow_hash() {
  const found = claim_nodes.get(decodeURIComponent(location.hash.slice(1)));
  if (!found) return;
  if (found.entry.canary) document.getElementById('canaries').checked = true;
  if (found.node.hidden || found.entry.canary) filter_claims({});
  found.node.open = true;
  found.node.scrollIntoView();
}
