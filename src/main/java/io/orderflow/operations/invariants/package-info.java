/** The auditor: evaluates what must always be true from the raw stores, by its own reading of them (docs/adr/0009). */
@NamedInterface("check")
package io.orderflow.operations.invariants;

import org.springframework.modulith.NamedInterface;
