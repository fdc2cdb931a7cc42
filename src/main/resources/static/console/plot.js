// Draws series over time, and tells the same as a table.
import { html, nothing, svg } from './lit.js';
import { hourMinute } from './format.js';
import { table } from './parts.js';

const HEIGHT = 200;
const MARGIN = { top: 12, right: 12, bottom: 24, left: 52 };
const WIDEST = 680;

const width = () => Math.max(300, Math.min(WIDEST, innerWidth - 80));

/** A round number not below the greatest value, so that four lines across have round labels. */
function ceiling(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 4) / 4));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power * 4 >= most && (factor * power) % 1 === 0) ?? 10;
  return step * power * 4;
}

/** Splits at what is not known, so that no line is drawn where nothing was measured. */
function path(values, x, y) {
  let pen = 'M';
  return values.map((value, at) => {
    if (value == null) {
      pen = 'M';
      return '';
    }
    const point = `${pen}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
    return point;
  }).join('');
}

function dots(values, x, y) {
  return values.map((value, at) => (value != null && values[at - 1] == null && values[at + 1] == null
    ? svg`<circle cx=${x(at)} cy=${y(value)} r="3"/>` : nothing));
}

/**
 * @param times  of the values, all series share them
 * @param series [{name, values}], at most six
 * @param format of a value
 */
export function plot({ title, text, times, series, format = String, axis = hourMinute }) {
  const w = width();
  const top = ceiling(Math.max(0, ...series.flatMap((each) => each.values.filter((value) => value != null))));
  const x = (at) => MARGIN.left + (times.length < 2 ? 0 : (at * (w - MARGIN.left - MARGIN.right)) / (times.length - 1));
  const y = (value) => HEIGHT - MARGIN.bottom - (value * (HEIGHT - MARGIN.top - MARGIN.bottom)) / top;
  const labelled = times.map((at, index) => index).filter((index) => index % Math.ceil(times.length / (w / 90)) === 0);
  const step = times.length < 2 ? w : x(1) - x(0);
  return html`<figure class="panel plot"><figcaption><h2>${title}</h2>${text ? html`<p class="hint">${text}</p>` : nothing}
      <ul class="legend">${series.map((each, at) => html`<li class="series-${at}"><svg width="26" height="10" aria-hidden="true"><path d="M1 5H25"/></svg>${each.name}</li>`)}</ul>
    </figcaption>
    <svg viewBox="0 0 ${w} ${HEIGHT}" role="img" aria-label="${title}; the table below tells the same">
      ${[0, 1, 2, 3, 4].map((line) => svg`<g class="grid"><path d="M${MARGIN.left} ${y((top * line) / 4)}H${w - MARGIN.right}"/>
        <text x=${MARGIN.left - 6} y=${y((top * line) / 4) + 4} text-anchor="end">${format((top * line) / 4)}</text></g>`)}
      ${labelled.map((at) => svg`<text x=${x(at)} y=${HEIGHT - 6} text-anchor=${at === 0 ? 'start' : x(at) > w - 40 ? 'end' : 'middle'}>${axis(times[at])}</text>`)}
      ${series.map((each, at) => svg`<g class="series-${at}"><path d=${path(each.values, x, y)}/>${dots(each.values, x, y)}</g>`)}
      ${times.map((time, at) => svg`<rect class="touch" x=${x(at) - step / 2} y="0" width=${step} height=${HEIGHT - MARGIN.bottom}><title>${axis(time)}\n${
        series.map((each) => `${each.name}: ${each.values[at] == null ? '–' : format(each.values[at])}`).join('\n')}</title></rect>`)}
    </svg>
    <details><summary>As a table</summary>${table(title, [['Time', (at) => axis(times[at])],
    ...series.map((each) => [each.name, (at) => (each.values[at] == null ? '–' : format(each.values[at])), 'number'])],
  times.map((time, at) => at).reverse())}</details>
  </figure>`;
}
