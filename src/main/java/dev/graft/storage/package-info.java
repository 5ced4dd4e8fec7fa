/** Files on any Hadoop file system: replaced whole, digested, named. */
@NullMarked
package dev.graft.storage;

import org.jspecify.annotations.NullMarked;
