/** How commands, events and queries travel: gateways, processors, retries, dead letters, caches. */
package io.orderflow.platform.messaging;
