/** How the bundled base was made; nobody needs it to use Graft. */
@NullMarked
package dev.graft.pretrain;

import org.jspecify.annotations.NullMarked;
