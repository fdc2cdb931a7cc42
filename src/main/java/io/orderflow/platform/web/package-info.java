/** What every REST endpoint has in common: problems, request identities, bounded bodies, strict parameters. */
package io.orderflow.platform.web;
