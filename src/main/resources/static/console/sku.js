// SKUs as people write them, and what there is of each.
import { get } from './api.js';

/** The level of one SKU, or that there was never any of it. */
export async function level(sku) {
  try {
    return await get(`/v1/stock/${encodeURIComponent(sku)}`);
  } catch (failure) {
    if (failure.code === 'unknown_sku') {
      return { unknown: true };
    }
    throw failure;
  }
}

/** As it is known when it was written like that; else in capitals. */
export async function meant(typed) {
  const sku = typed.trim();
  return (await level(sku)).unknown ? sku.toUpperCase() : sku;
}
