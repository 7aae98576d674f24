// node sample.mjs RESULTS.json SAMPLE.json: the results grown to 750 claims, and a figure of every kind with every kind of interval, so that
// the page is tried at full size and with marks that today's figures may not use.
import { readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
const results = JSON.parse(readFileSync(from, 'utf8'));
const original = results.entries.length;
for (let i = 0; results.entries.length < 750; ++i) {
  const entry = results.entries[i % original];
  results.entries.push({ ...entry, id: `${entry.id}.copy${i}` });
}
const axis = (label, scale = 'linear', more = {}) => ({ label, unit: '', scale, ...more });
const range = (n, f) => Array.from({ length: n }, (_, i) => f(i));
const figure = (id, x, y, series) => ({ id: `sample.${id}`, paper: 'sample', source: 'sample', title: `Sample: ${id}`,
  caption: 'A figure of the test, with $\\tau$ and $\\lambda_{\\min}$.', x, y, series, conditions: { lambda_min: '0.1', threads: '8' }, seconds: 0 });
const band = '99.9 % confidence, Clopper-Pearson';
results.figures = [...(results.figures ?? []),
  figure('lines with bands', axis('delay tau'), axis('E f', 'log'), ['measured', 'bound'].map((name, k) => ({ name, mark: 'line', rigor: 'finite-sample', x: range(40, (i) => i),
    y: range(40, (i) => (k + 1) * Math.exp(-0.1 * i)), ...(k ? {} : { lower: range(40, (i) => 0.8 * Math.exp(-0.1 * i)), upper: range(40, (i) => 1.2 * Math.exp(-0.1 * i)), band }) }))),
  figure('points with intervals', axis('distance', 'log'), axis('escape time', 'log'), ['uniform', 'gaussian', 'exact'].map((name, k) => ({ name, mark: k < 2 ? 'points' : 'line', rigor: 'finite-sample',
    x: range(9, (i) => 10 ** (-i / 2)), y: range(9, (i) => 5 * (i + 1 + k)), ...(k < 2 ? { lower: range(9, (i) => 4 * (i + 1 + k)), upper: range(9, (i) => 6 * (i + 1 + k)), band } : {}) }))),
  figure('histogram', axis('delay tau'), axis('share'), ['measured', 'model'].map((name, k) => ({ name, mark: k ? 'points' : 'bars', rigor: 'float', x: range(12, (i) => i), y: range(12, (i) => Math.exp(-i / 3)),
    ...(k ? {} : { lower: range(12, (i) => 0.9 * Math.exp(-i / 3)), upper: range(12, (i) => 1.1 * Math.exp(-i / 3)), band }) }))),
  figure('named bars', axis('schedule', 'linear', { categories: ['constant', 'uniform', 'saw-tooth', 'adversarial'] }), axis('iterations'), ['ASGD', 'DASGD'].map((name, k) => ({ name, mark: 'bars', rigor: 'float',
    x: [0, 1, 2, 3], y: [3 + k, 4, 6 - k, 8], lower: [2 + k, 3, 5 - k, 7], upper: [4 + k, 5, 7 - k, 9], band }))),
  figure('bars on a log axis', axis('delay', 'linear', { categories: ['0', '1', '2', '3 or more'] }), axis('share', 'log'), ['2 threads', '4 threads'].map((name) => ({ name, mark: 'bars', rigor: 'float',
    x: [0, 1, 2, 3], y: [0.99, 0.009, 0, 0.001], lower: [0.98, 0, 0, 0.0005], upper: [1, 0.01, 0, 0.002], band }))),
  figure('region', axis('tau', 'log'), axis('eta', 'log'), [{ name: 'feasible', mark: 'band', rigor: 'enclosed', x: range(30, (i) => 10 ** (i / 10)), lower: range(30, () => 1e-9), upper: range(30, (i) => 10 ** (-i / 5)) },
    { name: 'largest step', mark: 'line', rigor: 'enclosed', x: range(30, (i) => 10 ** (i / 10)), y: range(30, (i) => 10 ** (-i / 5)) }]),
  figure('gaps and zeros', axis('t'), axis('loss', 'log'), [{ name: 'loss', mark: 'line', rigor: 'float', x: range(20, (i) => i), y: range(20, (i) => (i === 7 ? null : i > 16 ? 0 : 1 / (i + 1))) }]),
  figure('one point', axis('x'), axis('y', 'log'), [{ name: 'a', mark: 'points', rigor: 'exact', x: [3], y: [5] }]),
];
writeFileSync(to, JSON.stringify(results));
