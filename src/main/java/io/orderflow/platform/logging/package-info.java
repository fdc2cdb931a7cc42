/** What is logged stays one line for each event, whoever has chosen its words. */
package io.orderflow.platform.logging;
