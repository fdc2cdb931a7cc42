/** Builds a projection anew beside the one in use, and puts it in its place (docs/adr/0010). */
package io.orderflow.platform.replay;
