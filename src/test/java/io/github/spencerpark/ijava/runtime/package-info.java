/** What cells call without qualification. */
package io.github.spencerpark.ijava.runtime;
