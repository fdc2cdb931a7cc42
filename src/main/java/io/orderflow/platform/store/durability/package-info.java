/**
 * Keeps acknowledged data safe: group commit and backups of H2's file, start-up checks of the database (docs/adr/0008).
 */
@NullMarked
package io.orderflow.platform.store.durability;

import org.jspecify.annotations.NullMarked;
