/** What images there are: the table of uri, label and split, read from a file or made from a directory. */
@NullMarked
package dev.graft.manifest;

import org.jspecify.annotations.NullMarked;
