import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';

globalThis.sessionStorage = { getItem: () => 'Basic YTpi', setItem() {}, removeItem() {} };
globalThis.location = { hostname: 'localhost' };

describe('a request that changes something', () => {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.setHeader('Content-Type', 'application/json').end('{}');
  });
  const fetchFromServer = globalThis.fetch;
  let post;

  before(async () => {
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    globalThis.fetch = (path, options) => fetchFromServer(`http://127.0.0.1:${server.address().port}${path}`, options);
    ({ post } = await import('./console/api.js'));
  });

  after(() => server.close());

  it('names the version on which the user decided, and its key', async () => {
    await post('/v1/payments/pay_1/refunds', { reason: 'late' }, { key: 'console-1', version: 7 });

    assert.equal(requests.at(-1).headers['if-match'], '"7"');
    assert.equal(requests.at(-1).headers['idempotency-key'], 'console-1');
  });

  it('names no version when it does not depend on one', async () => {
    await post('/v1/stock/MUG/receipts', { quantity: 1 }, { key: 'console-2' });

    assert.equal(requests.at(-1).headers['if-match'], undefined);
  });
});
