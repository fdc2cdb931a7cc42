// Whether the books agree: invariants, the gateway's ledger; and copies of the store.
import { html, nothing } from './lit.js';
import { Acts } from './act.js';
import { get, post, Problem } from './api.js';
import { bytes, count } from './format.js';
import { Load } from './load.js';
import { loaded, status, table, when } from './parts.js';
import { repaint } from './paint.js';
import { words } from './words.js';

const RECONCILIATION = '/v1/operations/reconciliation';
const ROUND_MILLIS = 2000;

async function lastReconciliation() {
  try {
    return await get(RECONCILIATION);
  } catch (problem) {
    if (problem instanceof Problem && problem.code === 'no_reconciliation') {
      return { status: null };
    }
    throw problem;
  }
}

export class Books {
  #acts = new Acts();
  #report = null;
  #backup = null;
  #reconciliation = new Load(lastReconciliation);

  open() {
    return [this.#reconciliation.every(ROUND_MILLIS)];
  }

  render() {
    return html`${this.#acts.outcome()}
      <section class="panel" aria-labelledby="invariants"><h2 id="invariants">Invariants</h2>
        <p class="hint">What must be true at any time, found out from the raw store.</p>
        ${this.#acts.button('invariants', 'Check them now', () => this.#check(), { said: 'The invariants are checked.', kind: 'main' })}
        ${this.#report ? this.#invariants(this.#report) : nothing}</section>
      <section class="panel" aria-labelledby="reconciliation"><h2 id="reconciliation">Reconciliation with the gateway</h2>
        ${this.#acts.button('reconciliation', 'Compare now', async (key) => {
          await post(RECONCILIATION, {}, { key });
          await this.#reconciliation.now();
        }, { said: 'The comparison has begun.', kind: 'main' })}
        ${loaded(this.#reconciliation, (last) => this.#comparison(last))}</section>
      <section class="panel" aria-labelledby="backup"><h2 id="backup">Backup</h2>
        <p class="hint">A copy of the embedded store of one moment, while it is in use.</p>
        ${this.#acts.button('backup', 'Back up now', async (key) => {
          this.#backup = await post('/v1/operations/backups', undefined, { key });
        }, { said: 'The backup is made.', kind: 'main' })}
        ${this.#backup ? html`<p><span class="mono">${this.#backup.file}</span>, ${bytes(this.#backup.bytes)}</p>` : nothing}</section>`;
  }

  /** A check of a big store takes longer than an answer: asked again until it is there. */
  async #check() {
    do {
      this.#report = await get('/v1/operations/invariants');
      repaint();
    } while (this.#report.status === 'running');
  }

  #invariants(report) {
    if (report.status === 'running') {
      return html`<p>Reading: ${count(report.events_read)} of ${count(report.events ?? 0)} events.</p>`;
    }
    return html`<p><strong>${report.holds ? 'All hold' : `${count(report.violations)} violations`}</strong>, of ${count(report.events)} events, ${when(report.at)}.</p>
      ${table('Invariants', [
        ['Id', (each) => html`<span class="mono">${each.id}</span>`], ['What must be true', (each) => html`${each.title}
          ${each.evidence.map((one) => html`<p class="complaint">${one.subject}: expected ${one.expected}, found ${one.found}</p>`)}${
            each.violations > each.evidence.length ? html`<p class="complaint">… and ${count(each.violations - each.evidence.length)} more</p>` : nothing}`, 'wide'],
        ['Result', (each) => html`${status(each.status)} ${each.reason ? html`<span class="hint">${each.reason}</span>` : nothing}`]], report.invariants)}`;
  }

  #comparison(last) {
    if (!last.status) {
      return html`<p class="empty">There was none yet.</p>`;
    }
    return html`<p>${status(last.status)} Compared ${count(last.compared)} operations since ${when(last.since)} with ${last.gateway},
        begun ${when(last.started_at)}; ${count(last.in_flight)} too fresh to be judged.
        <strong>${last.differences_count ? `${count(last.differences_count)} differences` : 'No difference'}.</strong> ${last.failure ?? ''}</p>
      ${last.differences.length < last.differences_count ? html`<p class="hint">The first ${count(last.differences.length)} are shown.</p>` : nothing}
      ${last.differences.length ? table('Differences', [['Kind', (each) => words(each.kind)], ['What differs', (each) => each.text, 'wide'],
        ['Operation', (each) => html`<span class="mono">${each.operation_id ?? '–'}</span>`]], last.differences) : nothing}`;
  }
}
