// Summary, tables, and what is known about the run.

function summary_section(results) {
  const claims = results.entries.filter((e) => !e.canary), canaries = results.entries.filter((e) => e.canary);
  const with_verdict = (v) => claims.filter((e) => e.verdict === v).length;
  const differing = results.entries.filter((e) => !e.as_expected);
  const caught = canaries.filter((e) => e.as_expected).length;
  const papers = papers_of(results);
  const open = claims.length - with_verdict('proved') - with_verdict('supported') - with_verdict('refuted');
  const tile = (verdict, n, text) => el('li', { class: verdict }, el('strong', {}, n),
    el('a', { href: '#claims', click: () => filter_claims({ verdict }) }, verdict === 'open' ? 'left open' : verdict), el('span', {}, text));
  return [
    el('h1', { id: 'summary-title' }, 'What was checked, what holds, what does not'),
    el('p', { class: 'lead' }, `${plural(claims.length, 'statement')} from ${plural(papers.length, 'paper')} on asynchronous stochastic optimization ` +
      'were checked by computing: theorems, lemmas, formulas, tables, and the behaviour of the algorithms themselves. Where a printed ' +
      'statement is wrong, the printed and the corrected form are two separate claims.'),
    results.partial && el('p', { class: 'bad' }, 'The run was interrupted: not every claim was examined.'),
    el('ul', { class: 'tiles' },
      tile('proved', with_verdict('proved'), 'in exact arithmetic, or by enclosures that are guaranteed to contain the true value'),
      tile('supported', with_verdict('supported'), 'measured, with a stated error probability, or searched without finding a counterexample'),
      tile('refuted', with_verdict('refuted'), 'by a counterexample that is shown and can be repeated with one command'),
      tile('open', open, 'undecided, vacuous or not testable, each with its reason')),
    differing.length === 0
      ? el('p', { class: 'good' }, 'Every verdict is as expected; a printed error counts as expected when it is found again.')
      : el('div', { class: 'bad' }, el('p', {}, `${plural(differing.length, 'verdict')} differ from what was expected: `),
        el('ul', {}, differing.map((e) => el('li', {}, claim_link(e.id), ` is ${e.verdict}, expected ${e.expected}`)))),
    el('h3', {}, 'How sure is this?'),
    el('ul', {},
      el('li', {}, 'Proofs rest on exact rational numbers or on interval enclosures, not on floating point, and so do refutations, unless they ' +
        'say that they were measured. Whether a proof covers the whole stated domain or the stated instance is said with each claim.'),
      el('li', {}, `Measured claims share one error budget: all of them together raise a false alarm with probability below ` +
        `${shown(results.options?.false_alarm_total ?? 1e-6)}.`),
      el('li', {}, canaries.length ? `${caught} of ${canaries.length} planted falsehoods (canaries) were caught; one that slips through fails the run.`
        : 'This run contained no planted falsehoods (canaries).')),
    el('h3', {}, 'By paper'),
    paper_table(papers, claims),
    el('h3', {}, 'What does not hold'),
    el('p', {}, 'Statements whose printed form is refuted. The link leads to the counterexample.'),
    papers.map((paper) => refuted_list(paper, claims.filter((e) => e.paper === paper.id && e.verdict === 'refuted'))),
  ];
}

/** The papers that have claims in this document, with their titles. */
function papers_of(results) {
  const titles = new Map((results.papers ?? []).map((p) => [p.id, p.title]));
  const ids = [...new Set(results.entries.map((e) => e.paper))];
  return ids.map((id) => ({ id, title: titles.get(id) ?? id }));
}

const claim_link = (id, text) => el('a', { href: `#${encodeURIComponent(id)}` }, el('code', {}, text ?? id));

function paper_table(papers, claims) {
  const names = Object.keys(verdicts).filter((v) => claims.some((e) => e.verdict === v));
  const rows = papers.map((paper) => {
    const own = claims.filter((e) => e.paper === paper.id);
    const count = (v) => own.filter((e) => e.verdict === v).length;
    const share = ['proved', 'supported', 'refuted', 'open'].map((f) => {
      const n = own.filter((e) => family(e.verdict) === f).length;
      return el('span', { class: f, style: `width:${(100 * n) / Math.max(1, own.length)}%` });
    });
    return el('tr', {}, el('th', { scope: 'row' }, el('code', {}, paper.id), el('div', { class: 'quiet', style: 'font-weight:400' }, paper.title)),
      names.map((v) => el('td', { class: count(v) ? 'number' : 'number none' }, count(v))),
      el('td', {}, el('div', { class: 'share', role: 'img', 'aria-label': names.map((v) => `${count(v)} ${v}`).join(', ') }, share)));
  });
  return scrollable(el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'paper'),
    names.map((v) => el('th', { scope: 'col', class: 'number' }, v)), el('th', { scope: 'col' }, 'share'))), el('tbody', {}, rows)), 'Verdicts by paper');
}

function refuted_list(paper, refuted) {
  if (refuted.length === 0) return null;
  return el('details', { class: 'refutations' },
    el('summary', {}, el('strong', {}, refuted.length), ` in ${paper.title}`),
    el('ul', {}, refuted.map((e) => el('li', {}, claim_link(e.id), ` (${e.source}) `, rich(e.note || e.statement)))));
}

/** Plain text with its Greek letters, relations and powers of ten as they are set. */
const typeset_plain = (text) => symbol(text).replace(/>=/g, '\u2265').replace(/<=/g, '\u2264')
  .replace(/\b([1-9])e(-?[0-9]+)\b/g, (_, digit, power) => (power === '-1' ? `0.${digit}` : `${digit === '1' ? '' : `${digit}\u00b7`}10${superscript(power)}`));

function tables_section(results) {
  const tables = results.tables ?? [];
  return [
    el('h2', { id: 'tables-title' }, 'Tables, printed beside recomputed'),
    tables.length ? el('p', {}, 'A shaded value with \u2260 differs from the printed one; the last column says why.')
      : el('p', { class: 'quiet' }, 'This run selected no tables.'),
    tables.map((t) => {
      const words = t.columns.map((_, i) => t.rows.some((r) => /[a-z]{3}/.test(r[i].text) && r[i].text !== 'none'));
      const kind = (i) => (!words[i] ? 'number' : t.columns[i] === 'why' ? 'why' : t.rows.every((r) => r[i].text.length < 16) && 'short');
      return [
        el('h3', { id: t.id }, t.title),
        scrollable(el('table', {},
          el('thead', {}, el('tr', {}, t.columns.map((c, i) => el('th', { scope: 'col', class: words[i] ? null : 'number' }, symbol(c))))),
          el('tbody', {}, t.rows.map((r) => el('tr', {}, r.map((c, i) =>
            el('td', { class: [c.marked && 'marked', kind(i)].filter(Boolean).join(' ') || null }, typeset_plain(c.text))))))), t.title),
        t.notes.map((n) => el('p', { class: 'quiet' }, typeset_plain(n.replace('A star marks', 'Shading marks')))),
      ];
    }),
  ];
}

function run_section(results) {
  const row = (term, value) => value !== undefined && value !== '' && [el('dt', {}, term), el('dd', {}, typeof value === 'object' ? flat(value) : String(value))];
  const e = results.environment ?? {}, o = results.options ?? {};
  return [
    el('h2', { id: 'run-title' }, 'This run'),
    el('dl', {}, row('command', o.command), row('effort', o.effort), row('seed', o.seed), row('seconds', shown(results.seconds)), row('version', e.version),
      row('commit', e.commit), row('compiler', e.compiler), row('flags', e.flags), row('processor', e.cpu), row('hardware threads', e.hardware_threads),
      row('libraries', e.libraries)),
  ];
}
