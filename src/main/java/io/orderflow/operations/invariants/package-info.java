/** The auditor: evaluates what must always be true from the raw stores, by its own reading of them (docs/adr/0009). */
package io.orderflow.operations.invariants;
