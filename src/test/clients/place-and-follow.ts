// What a shop does with the generated TypeScript client: places orders, pages through them, and follows one live.
import { Configuration, NewOrder, OrdersApi, StockApi } from './src';

const url = process.argv[2];
const as = (user: string) => new Configuration({ basePath: url, username: user, password: user });
const orders = new OrdersApi(as('shop'));
const key = () => crypto.randomUUID();
const order = (reference: string): NewOrder => ({
  reference, currency: 'EUR', customer: { id: 'c-1', email: 'ada@example.org' },
  lines: [{ sku: 'CLIENT-TS', quantity: 1, unitPrice: { currency: 'EUR', amount: 1299 } }], payment: { method: 'tok_ok' },
});

function check(holds: boolean, found: unknown) {
  if (!holds) throw new Error(JSON.stringify(found));
}

async function run() {
  await new StockApi(as('staff')).receiveStock({ sku: 'CLIENT-TS', idempotencyKey: key(), newReceipt: { quantity: 10 } });
  const first = await orders.placeOrder({ idempotencyKey: key(), prefer: 'wait=20', newOrder: order('ts-1') });
  check(first.status === 'confirmed', first);
  await orders.placeOrder({ idempotencyKey: key(), prefer: 'wait=20', newOrder: order('ts-2') });

  const references: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await orders.listOrders({ sku: 'CLIENT-TS', cursor, limit: 1 });
    references.push(...page.items.map(item => item.reference));
    cursor = page.next ?? undefined;
  } while (cursor);
  check(references.join() === 'ts-2,ts-1', references);

  const facts: string[] = [];
  const stream = (await orders.followOrderRaw({ id: first.id })).raw.body!.pipeThrough(new TextDecoderStream());
  await orders.cancelOrder({ id: first.id, idempotencyKey: key(), newCancellation: { reason: 'Changed her mind' } });
  let rest = '';
  for (const reader = stream.getReader(); ;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    facts.push(...lines.filter(line => line.startsWith('event:')).map(line => line.slice('event:'.length)));
  }
  check(facts.includes('OrderPlaced') && facts.includes('OrderCancelled'), facts);
  console.log('TypeScript client:', references, facts);
}

run().catch(failure => { console.error(failure); process.exit(1); });
