/** Random changes to training images, each a function of seed, epoch and image content: Keras' augmentation layers. */
@NullMarked
package dev.graft.augment;

import org.jspecify.annotations.NullMarked;
